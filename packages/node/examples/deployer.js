// Brings a certificate to environments of Apinizer, and says where that failed.

/** Environments that do not have the certificate now, each with the reason. */
export class NotDeployed extends Error {
  constructor(reasons) {
    super(reasons.map(({ environmentName, message }) => `${environmentName}: ${message}`).join("; "));
  }
}

/** A client of a project. */
export class Deployer {
  #token;

  constructor({ url, tokenUrl }, { user, password, project }) {
    this.certificates = `${url}/projects/${encodeURIComponent(project)}/certificates`;
    this.tokenUrl = tokenUrl;
    this.grant = new URLSearchParams({ grant_type: "client_credentials", client_id: user, client_secret: password });
  }

  /** Stores a certificate, or renews the one of that name, and deploys it. */
  async deploy(name, pem, environments) {
    const form = new FormData();
    form.set("alias", name);
    form.set("certificateDescription", `Deployed as ${name}`);
    form.set("environmentList", environments.join(","));
    form.set("pemEncodedFile", new Blob([pem]), "certificate.pem");
    const { deploymentResult } = (await this.#exists(name)) ? await this.#renew(name, form) : await this.#create(name, form);
    const failed = deploymentResult.environmentResults.filter((result) => !result.success);
    if (failed.length) throw new NotDeployed(failed);
  }

  async #exists(name) {
    const { resultList } = await this.#send("GET", "/");
    return resultList.some((certificate) => certificate.name === name);
  }

  async #create(name, form) {
    form.set("certificateName", name);
    return this.#send("POST", "/", form);
  }

  async #renew(name, form) {
    return this.#send("PUT", `/${encodeURIComponent(name)}/`, form);
  }

  async #send(method, path, body) {
    this.#token ??= await this.#fetchToken();
    const headers = { Authorization: `Bearer ${this.#token}` };
    const answer = await fetch(this.certificates + path, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async #fetchToken() {
    const answer = await fetch(this.tokenUrl, { method: "POST", body: this.grant });
    if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
    return (await answer.json()).access_token;
  }
}
