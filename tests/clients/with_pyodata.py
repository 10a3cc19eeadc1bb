"""SAP's generic OData V2 client for Python, unchanged, against both services. Arguments: origin."""

import sys

import pyodata
import requests
from pyodata.exceptions import HttpError

ORIGIN = sys.argv[1]


def client(root):
    session = requests.Session()
    session.auth = ("sb-certmimic", "certmimic-secret")
    token = session.head(ORIGIN + root + "/", headers={"X-CSRF-Token": "Fetch"}).headers["x-csrf-token"]
    session.headers["X-CSRF-Token"] = token
    return pyodata.Client(ORIGIN + root + "/", session)


def equal(actual, expected):
    assert actual == expected, f"{actual!r} instead of {expected!r}"


def api_management():
    service = client("/apiportal/api/1.0/Management.svc")
    references, stores = service.entity_sets.CertificateStoreReferences, service.entity_sets.CertificateStores
    equal([row.name for row in references.get_entities().execute()], ["reference_ts_1"])
    selected = references.get_entities().filter("name eq 'reference_ts_1'").select("name,storeType").top(1).execute()
    equal([(row.name, row.storeType) for row in selected], [("reference_ts_1", "TRUSTSTORE")])
    created = references.create_entity().set(name="from_python", certificateStoreName="ts").execute()
    equal((created.name, created.storeType), ("from_python", "TRUSTSTORE"))
    equal(created.life_cycle["created_by"], "sb-certmimic")
    references.update_entity(name="from_python").set(certificateStoreName="ts_1").execute()
    equal(references.get_entity("from_python").execute().certificateStoreName, "ts_1")
    equal(stores.get_entities().count().execute(), 3)
    equal([row.name for row in stores.get_entities().filter(storeType="TRUSTSTORE").order_by("name desc").execute()],
          ["ts_1", "ts"])
    assert stores.get_entity("ts").expand("certificates").execute().certificates
    counted = stores.get_entities().count(inline=True).top(1).execute()
    equal((counted.total_count, len(counted)), (3, 1))
    batch = service.create_batch()
    batch.add_request(stores.get_entity("ts"))
    changes = service.create_changeset()
    changes.add_request(references.delete_entity("from_python"))
    batch.add_request(changes)
    store, deleted = batch.execute()
    equal((store.name, deleted), ("ts", [None]))
    try:
        stores.get_entity("nowhere").execute()
    except HttpError as refusal:
        equal(refusal.response.status_code, 404)
    else:
        raise AssertionError("an unknown store was found")


def cloud_integration():
    service = client("/api/v1")
    entries, keystores = service.entity_sets.KeystoreEntries, service.entity_sets.Keystores
    aliases = [row.Alias for row in entries.get_entities().select("Alias,Type").execute()]
    assert "smtp.mail.yahoo.com" in aliases, aliases
    pair = entries.get_entity("mykeypair".encode().hex().upper()).execute()
    equal((pair.KeySize, pair.Type), (2048, "Key Pair"))
    assert pair.ValidNotAfter.year >= 2026
    equal(pair.nav("ChainCertificates").get_entities().execute()[0].Index, 0)
    system = keystores.get_entity("system").expand("Entries").execute()
    equal(system.Size, len(system.Entries))
    entries.delete_entity("smtp.mail.yahoo.com".encode().hex().upper()).execute()
    equal(keystores.get_entity("system").execute().Size, len(aliases) - 1)


api_management()
cloud_integration()
print("pyodata: ok")
