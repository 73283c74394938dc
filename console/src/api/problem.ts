/** The service answered, and refused. `code` is the stable word of its problem+json. */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
  ) {
    super(code);
    this.name = 'ApiProblem';
  }
}

/** The service did not answer: no network, no server, or something that is not the service. */
export class ServerAway extends Error {
  constructor() {
    super('server away');
    this.name = 'ServerAway';
  }
}
