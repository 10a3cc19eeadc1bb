/** How long: `90d`, `-1s`, `2h`, `750ms`. */
export type Span = string;

/** Something with certmimic itself is not as it has to be. */
export class CertmimicError extends Error {}

/** There is no program to start. */
export class BinaryMissing extends CertmimicError {}

/** The program ended, or did not listen in time. */
export class StartFailed extends CertmimicError {}

/** The program is of another version than this package. */
export class VersionDiffers extends CertmimicError {}

/** The control API refused a call: `code` is for programs, the message says what to change. */
export class Refused extends CertmimicError {
  readonly status: number;
  readonly code: string;
}

/** The world was asked something else than the test expects: an `AssertionError` whose message has the nearest misses. */
export class Unverified extends Error {
  readonly matched: number;
  readonly nearest: unknown[];
}

export interface StartOptions {
  /** The name of a built-in scenario, or a file; several compose. */
  scenario?: string | string[];
  /** More options of `certmimic serve`. */
  options?: string[];
}

/**
 * Starts a server on a free port, or joins the one that CERTMIMIC_URL names. That has its scenario and options; there a
 * built-in `scenario` is what worlds are made of.
 */
export function start(options?: StartOptions): Promise<Server>;

/** Joins a server that runs already; `stop` leaves it alone. */
export function join(url: string, options?: { scenario?: string }): Promise<Server>;

/** A server with its worlds; ended by `stop`, or at the end of an `await using` block. */
export class Server implements AsyncDisposable {
  private constructor();
  /** Where it listens. */
  readonly url: string;
  /** A new world: of the server's scenario or of another built-in one, with a name of its own unless it is given one. */
  world(options?: { name?: string; scenario?: string }): Promise<World>;
  /** The names of the worlds that there are, `default` first. */
  worlds(): Promise<string[]>;
  /** What the clients of all worlds have met of the documented answers: text, markdown, junit, html or json. */
  coverage(format?: string): Promise<string>;
  /** Ends it, if it was started and not joined. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where a client finds an emulated system. */
export interface System {
  readonly url: string;
  readonly tokenUrl: string;
}

/** API Management has a second service, of virtual hosts. */
export interface ApiManagement extends System {
  readonly configurationUrl: string;
}

/** An isolated copy of everything; dropped by `drop`, or at the end of an `await using` block. */
export class World implements AsyncDisposable {
  private constructor();
  readonly name: string;
  readonly url: string;
  readonly sapApiManagement: ApiManagement;
  readonly sapCloudIntegration: System;
  readonly apinizer: System;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly requests: Requests;
  readonly coverage: Coverage;
  readonly snapshots: Snapshots;
  /** Checks what the world was asked, and tells how many requests fit; rejects with `Unverified`. */
  verify(expected: Verification): Promise<number>;
  /** Every certificate of the world, by what ends first; or only those that end soon or have ended. */
  certificates(filter?: { expiresWithin?: Span; system?: string }): Promise<Certificate[]>;
  /** Puts it back to its scenario, with clock, faults and an empty journal; or to another built-in scenario. */
  reset(options?: { scenario?: string }): Promise<void>;
  /** The world as a scenario. */
  export(): Promise<Record<string, unknown>>;
  /** Replaces its state by a scenario, as an object or as YAML text; `reset` still goes back to its own. */
  replace(scenario: Record<string, unknown> | string): Promise<void>;
  /** What it refused last, with diagnoses, as a table; what it was asked last, if it refused nothing. */
  report(limit?: number): Promise<string>;
  /** Drops it with all that it holds. */
  drop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export type ClockMode = "running" | "frozen" | "stepping";

/** The world's clock. */
export interface Clock {
  /** The time that it shows. */
  now(): Promise<Date>;
  /** The time that it shows, and how it moves. */
  read(): Promise<{ now: string; mode: ClockMode; step?: string }>;
  /** Moves it on, or back by a negative span. */
  advance(by: Span): Promise<void>;
  /** Sets what is said; the rest stays. `step` is what a stepping clock moves by with each request. */
  set(change: { now?: Date | string; mode?: ClockMode; step?: Span }): Promise<void>;
}

/** Armed misbehaviour. */
export interface Faults {
  /** Arms a fault, and tells what it is called. */
  arm(fault: NewFault): Promise<string>;
  /** The armed ones, with how many requests each has `seen` and `struck`. */
  list(): Promise<Fault[]>;
  /** Disarms one, or all. */
  disarm(id?: string): Promise<void>;
}

/** Which requests, how often, and what happens. */
export interface NewFault {
  id?: string;
  operation?: string;
  path?: string;
  method?: string;
  alias?: string;
  /** How many such requests pass before it strikes. */
  after?: number;
  /** How often it strikes; always if nothing is said. */
  times?: number;
  probability?: number;
  /** A documented refusal, as `certmimic operations` lists them. */
  outcome?: string;
  values?: Record<string, string>;
  retryAfter?: number;
  validationErrors?: { field: string; message: string }[];
  /** A status in place of an outcome. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  json?: unknown;
  delay?: Span;
  drop?: "before_handling" | "before_response" | "mid_response";
  truncate?: number;
  deploymentFails?: Record<string, string>;
}

/** An armed fault, as the control API has it. */
export interface Fault {
  id: string;
  on?: Record<string, string>;
  respond?: Record<string, unknown>;
  seen: number;
  struck: number;
  [member: string]: unknown;
}

/** The journal: what the world was asked and what it answered, oldest first. */
export interface Requests {
  /** Those that fit. */
  list(filter?: Filter): Promise<JournalRecord[]>;
  /** Those that fit, as a table; refused ones with their diagnoses. */
  text(filter?: Filter): Promise<string>;
  /** Those that fit, as a HAR file. */
  har(filter?: Filter): Promise<string>;
  /** The curl line that repeats a request. */
  curl(number: number): Promise<string>;
  /** Empties the journal. */
  clear(): Promise<void>;
}

/** Which requests of the journal: those that fit everything that is said. */
export interface Filter {
  operation?: string;
  system?: string;
  method?: string;
  path?: string;
  status?: number | string;
  outcome?: string;
  refused?: boolean;
  since?: number | string;
  limit?: number;
}

/** A request of the journal; inside a batch it has the number of that as `parent`. Secrets are masked. */
export interface JournalRecord {
  number: number;
  parent: number | null;
  world: string;
  time: string;
  micros: number;
  operation: string | null;
  outcome: string;
  by_fault: boolean;
  status: number | null;
  diagnosis: { code: string; line: string } | null;
  request: { method: string; url: string; path: string; query: string; headers: [string, string][]; bytes: number; body?: string };
  response: { status: number; headers: [string, string][]; bytes: number; body?: string } | null;
}

/** A request that was made. */
export interface Expectation {
  operation?: string;
  method?: string;
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  json?: unknown;
  status?: number;
  outcome?: string;
}

/** How often: exactly so many `times`, `atLeast` with `atMost`, or `never`; at least once if nothing is said. */
export interface Verification extends Expectation {
  times?: number;
  atLeast?: number;
  atMost?: number;
  never?: boolean;
  /** Requests that were made one after the other, others between them or not. */
  inOrder?: Expectation[];
}

/** Which documented answers the clients of the world have met. */
export interface Coverage {
  /** By system and operation. */
  read(filter?: { system?: string }): Promise<CoverageReport>;
  /** As text, markdown, junit or html. */
  text(filter?: { system?: string; format?: string }): Promise<string>;
  /** Forgets them. */
  clear(): Promise<void>;
}

export interface CoverageCounts {
  answers: number;
  met: number;
  met_by_fault_only: number;
  percent: number;
}

export interface CoverageReport extends CoverageCounts {
  systems: (CoverageCounts & { name: string; title: string; operations: Record<string, unknown>[] })[];
}

/** Kept states of the world. */
export interface Snapshots {
  /** Keeps the world as it is now. */
  keep(name: string): Promise<void>;
  /** Puts the world back, with its clock and its faults; the journal stays. */
  restore(name: string): Promise<void>;
  /** Their names. */
  list(): Promise<string[]>;
  /** One as a scenario. */
  export(name: string): Promise<Record<string, unknown>>;
  /** Drops one. */
  drop(name: string): Promise<void>;
}

/** A certificate of the world. */
export interface Certificate {
  system: string;
  place: string;
  alias: string;
  kind: string;
  subject: string;
  issuer: string;
  serial_number: string;
  valid_from: string;
  valid_to: string;
  days_left: number;
  expired: boolean;
  key: string;
  signature: string;
  sha256: string;
  issuers: string[];
  url: string;
  pem: string;
}
