package main

import (
	"fmt"
	"io"
	"net"
)

func serve(listener net.Listener, done chan<- bool) {
	socket, err := listener.Accept()
	if err != nil {
		panic(err)
	}
	io.Copy(struct{ io.Writer }{socket}, struct{ io.Reader }{socket}) // by reading and writing, not splice
	socket.Close()
	done <- true
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	done := make(chan bool)
	go serve(listener, done)
	socket, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	buffer, bytes := make([]byte, 65536), 0
	for left := 200000; left > 0; left-- {
		socket.Write([]byte("ping"))
		length, err := socket.Read(buffer)
		if err != nil {
			panic(err)
		}
		bytes += length
	}
	socket.Close()
	<-done
	fmt.Println(bytes)
}
