// Calls to this machine's server; an error it names in words is thrown with them.

async function read(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `the server answered ${response.status}`);
  return body;
}

export async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return read(await fetch(query ? `${path}?${query}` : path));
}

export async function post(path, body) {
  return read(await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
}
