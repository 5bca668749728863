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

// Hangs up on as many clients as there will be.
func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	for left := 100000; left > 0; left-- {
		socket, err := listener.Accept()
		must(err)
		socket.Close()
	}
}

func ask(port string) {
	buffer, count := make([]byte, 16), 0
	for left := 100000; left > 0; left-- {
		socket, err := net.Dial("tcp", "127.0.0.1:"+port)
		must(err)
		if _, err := socket.Read(buffer); err == io.EOF {
			count++
		}
		socket.Close()
	}
	fmt.Println(count)
}

func main() {
	if os.Args[1] == "serve" {
		serve()
	} else {
		ask(os.Args[2])
	}
}
