import { noteServerTime } from "./clock";

/** One reason of a refusal: where in the request, and why. */
export interface Reason {
  where: string;
  cause: string;
  /** Of an impossible demand: the fields to change, with the nearest possible values. */
  nearest?: Record<string, unknown> | null;
}

/** A refusal by the ground station (RFC 9457), or a request that never got there (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly reasons: Reason[];

  constructor(status: number, detail: string, reasons: Reason[] = []) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.reasons = reasons;
  }
}

const TIMEOUT_MS = 15_000;

interface ProblemBody {
  title?: string;
  detail?: string;
  errors?: Reason[];
}

async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as ProblemBody;
    return new Problem(response.status, body.detail || body.title || response.statusText, body.errors ?? []);
  } catch {
    return new Problem(response.status, `${response.status} ${response.statusText}`);
  }
}

/** Asks the ground station; throws Problem where it refuses, cannot be reached or does not answer in time. */
export async function request<T>(path: string, init: RequestInit = {}, timeout_ms = TIMEOUT_MS): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, { ...init, signal: AbortSignal.timeout(timeout_ms) });
  } catch (error) {
    throw new Problem(0, error instanceof Error ? error.message : String(error));
  }
  noteServerTime(response.headers.get("date"));
  if (!response.ok) throw await readProblem(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A POST of a JSON body. */
export function post<T>(path: string, body: unknown = {}, timeout_ms = TIMEOUT_MS): Promise<T> {
  return send<T>("POST", path, body, timeout_ms);
}

/** A PUT of a JSON body. */
export function put<T>(path: string, body: unknown): Promise<T> {
  return send<T>("PUT", path, body, TIMEOUT_MS);
}

/** A DELETE. */
export function remove(path: string): Promise<void> {
  return request<void>(path, { method: "DELETE" });
}

function send<T>(method: string, path: string, body: unknown, timeout_ms: number): Promise<T> {
  const headers = { "content-type": "application/json" };
  return request<T>(path, { method, headers, body: JSON.stringify(body) }, timeout_ms);
}

const PAGE = 1000;

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** The items of a list, page after page, at most `most` of them. */
export async function list<T>(path: string, most = 5000): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = `${path.includes("?") ? "&" : "?"}limit=${PAGE}` + (cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`);
    const page: Page<T> = await request<Page<T>>(path + query);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null && items.length < most);
  return items;
}

/** Where an evidence picture is. */
export function evidenceUrl(sha256: string): string {
  return `/api/evidence/${sha256}`;
}
