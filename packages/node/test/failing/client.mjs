// A client that forgets the CSRF token.
export async function deletesAnEntry(world) {
  const url = `${world.sapCloudIntegration.url}/KeystoreEntries('6D79')`;
  const answer = await fetch(url, { method: "DELETE", headers: { Authorization: "Bearer anything" } });
  if (!answer.ok) throw new Error(`the entry is not deleted: ${answer.status}`);
}
