// Package certmimic gives a test a world of certmimic: to be copied beside the tests that use it.
package certmimic

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A World is an isolated copy of the emulated systems; URL is what all their paths follow.
type World struct{ URL string }

// NewWorld gives a test a world of a built-in scenario, of a server of the test's own or of that which CERTMIMIC_URL names. What
// the world refused is logged if the test fails.
func NewWorld(t *testing.T, scenario string) World {
	t.Helper()
	server := os.Getenv("CERTMIMIC_URL")
	if server == "" {
		server = start(t)
	}
	name := fmt.Sprintf("%s-%d", strings.NewReplacer("/", "-", "#", "-").Replace(t.Name()), time.Now().UnixNano())
	World{server}.Call(t, "POST", "worlds", fmt.Sprintf(`{"name": %q, "from": "scenario:%s"}`, name, scenario))
	world := World{server + "/w/" + name}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("World %s refused:\n%s", name, world.Call(t, "GET", "requests?refused&limit=20&format=text", ""))
		}
		World{server}.Call(t, "DELETE", "worlds/"+name, "")
	})
	return world
}

// Call makes a call of the control API, with a body in JSON or none. What is refused fails the test, in the server's words.
func (w World) Call(t *testing.T, method, path, body string) string {
	t.Helper()
	request, err := http.NewRequest(method, w.URL+"/_certmimic/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		t.Fatalf("No certmimic answers at %s (%v): see whether it still runs.", w.URL, err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	if answer.StatusCode >= 400 {
		problem := struct {
			Detail, Text string
			Flaws        []struct{ Text string }
		}{Detail: string(text)}
		_ = json.Unmarshal(text, &problem)
		if problem.Text == "" {
			problem.Text = problem.Detail
		}
		for _, flaw := range problem.Flaws {
			problem.Text += "\n" + flaw.Text
		}
		t.Errorf("%s %s: %s", method, path, problem.Text)
	}
	return string(text)
}

// start starts a server on a free port, for the length of the test.
func start(t *testing.T) string {
	t.Helper()
	program := os.Getenv("CERTMIMIC_BINARY")
	if program == "" {
		program = "certmimic"
	}
	file := filepath.Join(t.TempDir(), "port")
	server := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--port-file", file)
	if err := server.Start(); err != nil {
		t.Fatalf("There is no certmimic to start (%v): put it on PATH, or name it in CERTMIMIC_BINARY.", err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if port, err := os.ReadFile(file); err == nil {
			return "http://127.0.0.1:" + strings.TrimSpace(string(port))
		}
	}
	t.Fatalf("%s did not listen within 20 seconds.", program)
	return ""
}
