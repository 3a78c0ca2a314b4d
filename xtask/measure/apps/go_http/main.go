// Go's own HTTP server, without a framework.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
)

type item struct {
	Name  string  `json:"name"`
	Price float64 `json:"price"`
}

func main() {
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		items := []item{}
		for i := 0; i < 50 && request.URL.Path == "/work"; i++ {
			items = append(items, item{fmt.Sprintf("item %d", i), float64(i) / 7})
		}
		json.NewEncoder(response).Encode(map[string]any{"process": os.Getpid(), "items": items})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
