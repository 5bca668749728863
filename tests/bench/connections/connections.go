package main

import (
	"fmt"
	"io"
	"net"
)

func serve(listener net.Listener) {
	for {
		socket, err := listener.Accept()
		if err != nil {
			return
		}
		socket.Close()
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(listener)
	buffer, count := make([]byte, 16), 0
	for left := 100000; left > 0; left-- {
		socket, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		if _, err := socket.Read(buffer); err == io.EOF {
			count++
		}
		socket.Close()
	}
	fmt.Println(count)
}
