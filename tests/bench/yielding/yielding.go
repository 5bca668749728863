package main

import (
	"fmt"
	"runtime"
)

func main() {
	sum := 0
	for n := 5000000; n > 0; n-- {
		runtime.Gosched()
		sum++
	}
	fmt.Println(sum)
}
