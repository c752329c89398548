// A name server that knows one address for every name.
package main

import (
	"net"
	"os"
)

func main() {
	conn, err := net.ListenPacket("udp", os.Args[1])
	if err != nil {
		panic(err)
	}
	question := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(question)
		if err != nil || n < 17 {
			continue
		}
		// The name ends with an empty label; type and class follow.
		end := 12
		for end < n && question[end] != 0 {
			end += 1 + int(question[end])
		}
		end += 5
		if end > n {
			continue
		}
		isA := question[end-4] == 0 && question[end-3] == 1
		reply := append([]byte{}, question[:end]...)
		reply[2], reply[3] = 0x81, 0x80
		copy(reply[4:12], []byte{0, 1, 0, 0, 0, 0, 0, 0})
		if isA {
			reply[7] = 1
			reply = append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 7)
		}
		conn.WriteTo(reply, from)
	}
}
