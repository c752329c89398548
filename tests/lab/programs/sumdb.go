// A module proxy of files with a checksum database: Go's own database for
// tests, over the modules in a folder. It prints its port and the database's
// public key.
package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	folder, name := os.Args[1], os.Args[2]
	signer, verifier, err := note.GenerateKey(rand.Reader, name)
	check(err)
	sums := func(path, version string) ([]byte, error) {
		file := filepath.Join(folder, filepath.FromSlash(path), "@v", version)
		archive, err := dirhash.HashZip(file+".zip", dirhash.Hash1)
		if err != nil {
			return nil, err
		}
		text, err := os.ReadFile(file + ".mod")
		if err != nil {
			return nil, err
		}
		open := func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
		mod, err := dirhash.Hash1([]string{"go.mod"}, open)
		return fmt.Appendf(nil, "%s %s %s\n%s %s/go.mod %s\n", path, version, archive, path, version, mod), err
	}
	database := sumdb.NewServer(sumdb.NewTestServer(signer, sums))
	for _, path := range sumdb.ServerPaths {
		http.Handle(path, database)
	}
	prefix := "/sumdb/" + name
	http.Handle(prefix+"/", http.StripPrefix(prefix, database))
	http.HandleFunc(prefix+"/supported", func(http.ResponseWriter, *http.Request) {})
	http.Handle("/", http.FileServer(http.Dir(folder)))

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port, verifier)
	check(http.Serve(listener, nil))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
