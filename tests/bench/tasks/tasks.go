package main

import (
	"fmt"
	"runtime"
)

// A tree of joins over 2^depth goroutines, each of which gives way once.
func tree(depth int) int {
	if depth == 0 {
		runtime.Gosched()
		return 1
	}
	left := make(chan int, 1)
	go func() { left <- tree(depth - 1) }()
	right := tree(depth - 1)
	return <-left + right
}

func main() {
	fmt.Println(tree(20))
}
