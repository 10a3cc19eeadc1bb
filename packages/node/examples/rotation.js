// Points references of API Management to another store before the certificate in theirs ends.

import { key } from "./tenant.js";

const DAY = 24 * 60 * 60 * 1000;

/**
 * Which references were pointed to which store. A store takes another's place if it is of the same type and has certificates
 * of the same names that end later.
 */
export async function rotate(tenant, { now, days = 30 }) {
  const stores = storesOf(await tenant.read("Certificates"));
  const moved = {};
  for (const { name, certificateStoreName } of await tenant.read("CertificateStoreReferences")) {
    const current = stores.get(certificateStoreName);
    if (!current || firstEnd(current) > now.getTime() + days * DAY) continue;
    const better = [...stores.values()].filter((store) => replaces(store, current));
    const next = better.sort((one, other) => firstEnd(other) - firstEnd(one))[0];
    if (!next) continue;
    await tenant.send("PUT", `CertificateStoreReferences(${key(name)})`, { certificateStoreName: next.name });
    moved[name] = next.name;
  }
  return moved;
}

function storesOf(certificates) {
  const stores = new Map();
  for (const { name, storeName, storeType, expiryDate } of certificates) {
    const store = stores.get(storeName) ?? { name: storeName, type: storeType, ends: {} };
    store.ends[name] = Number(expiryDate);
    stores.set(storeName, store);
  }
  return stores;
}

function firstEnd(store) {
  return Math.min(...Object.values(store.ends));
}

function replaces(store, current) {
  const names = Object.keys(current.ends);
  return store !== current && store.type === current.type && names.every((name) => store.ends[name] > current.ends[name]);
}
