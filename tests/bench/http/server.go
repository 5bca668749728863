// What a JSON API does, by net/http: server PORT
package main

import (
	"encoding/json"
	"net/http"
	"os"
	"runtime"
	"strings"
)

type greeting struct {
	Message string `json:"message"`
	Length  int    `json:"length"`
}

func send(answer http.ResponseWriter, name string) {
	answer.Header().Set("Content-Type", "application/json")
	body, _ := json.Marshal(greeting{"Hello, " + name + "!", 7})
	answer.Write(body)
}

func main() {
	runtime.GOMAXPROCS(1)
	http.HandleFunc("/greet/", func(answer http.ResponseWriter, request *http.Request) {
		send(answer, strings.TrimPrefix(request.URL.Path, "/greet/"))
	})
	http.HandleFunc("/greet", func(answer http.ResponseWriter, request *http.Request) {
		var asked struct{ Name string }
		if json.NewDecoder(request.Body).Decode(&asked) != nil {
			http.Error(answer, "Bad Request", 400)
			return
		}
		send(answer, asked.Name)
	})
	http.ListenAndServe("127.0.0.1:"+os.Args[1], nil)
}
