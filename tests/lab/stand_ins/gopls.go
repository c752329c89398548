// A stand-in for gopls, with its type checker: that of the Go that built it.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
)

// gopls check FILE, in the folder of the module.
func main() {
	mod, err := os.ReadFile("go.mod")
	orFail(err)
	_, rest, _ := strings.Cut(string(mod), "\ngo ")
	line, _, _ := strings.Cut(rest, "\n")
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, os.Args[2], nil, 0)
	orFail(err)
	config := types.Config{GoVersion: "go" + line}
	_, err = config.Check("main", files, []*ast.File{file}, nil)
	orFail(err)
}

func orFail(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
