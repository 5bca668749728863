package main

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

// 64 at once.
func each(names []string, do func(name string)) {
	var group sync.WaitGroup
	work := make(chan string)
	for i := 0; i < 64; i++ {
		group.Add(1)
		go func() {
			for name := range work {
				do(name)
			}
			group.Done()
		}()
	}
	for _, name := range names {
		work <- name
	}
	close(work)
	group.Wait()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	folder, err := os.MkdirTemp("", "bench")
	must(err)
	names := make([]string, 20000)
	for n := range names {
		names[n] = fmt.Sprintf("%s/%d", folder, n)
	}
	text := bytes.Repeat([]byte("x"), 1000)
	var sum int64
	each(names, func(name string) { must(os.WriteFile(name, text, 0644)) })
	each(names, func(name string) {
		text, err := os.ReadFile(name)
		must(err)
		atomic.AddInt64(&sum, int64(len(text)))
	})
	must(os.RemoveAll(folder))
	fmt.Println(sum)
}
