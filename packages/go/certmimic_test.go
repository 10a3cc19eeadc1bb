package certmimic

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
)

// Aliases lists what the keystore of Cloud Integration holds.
func Aliases(url string) ([]string, error) {
	request, _ := http.NewRequest("GET", url+"/KeystoreEntries?$select=Alias", nil)
	request.Header.Set("Authorization", "Bearer anything")
	request.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, fmt.Errorf("the keystore answered %s", answer.Status)
	}
	var entries struct {
		D struct{ Results []struct{ Alias string } }
	}
	if err := json.NewDecoder(answer.Body).Decode(&entries); err != nil {
		return nil, err
	}
	var aliases []string
	for _, entry := range entries.D.Results {
		aliases = append(aliases, entry.Alias)
	}
	return aliases, nil
}

func TestAFaultStrikesAWorldAndNoOther(t *testing.T) {
	struck, other := NewWorld(t, "quickstart"), NewWorld(t, "quickstart")
	struck.Call(t, "POST", "faults", `{"on": {"operation": "ci.entry.list"}, "respond": {"outcome": "keystore_locked"}}`)
	if aliases, err := Aliases(struck.URL + "/api/v1"); err == nil {
		t.Error("no fault, but", aliases)
	}
	if _, err := Aliases(other.URL + "/api/v1"); err != nil {
		t.Error(err)
	}
	struck.Call(t, "POST", "verify", `{"operation": "ci.entry.list", "outcome": "keystore_locked", "exactly": 1}`)
}
