package main

import "fmt"

func pass(number int, from <-chan int, to chan<- int, done chan<- int) {
	for hops := range from {
		if hops == 0 {
			done <- number
			return
		}
		to <- hops - 1
	}
}

func main() {
	channels := make([]chan int, 503)
	for i := range channels {
		channels[i] = make(chan int, 1)
	}
	done := make(chan int)
	for i := range channels {
		go pass(i+1, channels[i], channels[(i+1)%503], done)
	}
	channels[0] <- 5000000
	fmt.Println(<-done)
}
