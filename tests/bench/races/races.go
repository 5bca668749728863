package main

import (
	"fmt"
	"runtime"
	"time"
)

// Each round a timer of a minute loses against another goroutine, and is stopped.
func main() {
	won, done := 0, make(chan bool, 1)
	for n := 1000000; n > 0; n-- {
		go func() {
			runtime.Gosched()
			done <- true
		}()
		timer := time.NewTimer(time.Minute)
		select {
		case <-timer.C:
		case <-done:
			won++
		}
		timer.Stop()
	}
	fmt.Println(won)
}
