package main

import "fmt"

func produce(channel chan<- int) {
	for n := 5000000; n > 0; n-- {
		channel <- n
	}
	close(channel)
}

func main() {
	channel := make(chan int, 100)
	go produce(channel)
	sum := 0
	for n := range channel {
		sum += n
	}
	fmt.Println(sum)
}
