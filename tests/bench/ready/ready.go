package main

import (
	"fmt"
	"runtime"
)

//go:noinline
func step(n int) int {
	if n%1000000 == 0 {
		runtime.Gosched()
		return 1
	}
	return 2
}

func main() {
	sum := 0
	for n := 10000000; n > 0; n-- {
		sum += step(n)
	}
	fmt.Println(sum)
}
