// Says which entries of Cloud Integration's keystore end soon.

const DAY = 24 * 60 * 60 * 1000;

/** The entries that end within some days, the next one first. SAP renews those that are not the tenant's own. */
export async function ending(tenant, { now, days = 30 }) {
  const entries = await tenant.read("KeystoreEntries?$select=Alias,ValidNotAfter,Owner");
  return entries
    .map(({ Alias, ValidNotAfter, Owner }) => ({ alias: Alias, end: date(ValidNotAfter), own: Owner !== "SAP" }))
    .filter(({ end }) => end.getTime() <= now.getTime() + days * DAY)
    .sort((one, other) => one.end - other.end);
}

/** A date of OData: `/Date(1577836800000)/`. */
function date(text) {
  return new Date(Number(/-?\d+/.exec(text)[0]));
}
