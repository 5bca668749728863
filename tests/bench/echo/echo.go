package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	socket, err := listener.Accept()
	must(err)
	io.Copy(struct{ io.Writer }{socket}, struct{ io.Reader }{socket}) // by reading and writing, not splice
	socket.Close()
}

func ask(port string) {
	socket, err := net.Dial("tcp", "127.0.0.1:"+port)
	must(err)
	buffer, bytes := make([]byte, 65536), 0
	for left := 200000; left > 0; left-- {
		_, err := socket.Write([]byte("ping"))
		must(err)
		length, err := socket.Read(buffer)
		must(err)
		bytes += length
	}
	socket.Close()
	fmt.Println(bytes)
}

func main() {
	if os.Args[1] == "serve" {
		serve()
	} else {
		ask(os.Args[2])
	}
}
