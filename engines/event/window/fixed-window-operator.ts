import type { Row, WindowBounds, WindowSpecification } from '../../pipeline/index.ts';
import { type Key, type KeyedStateTable, VOID_NAMESPACE } from '../state/index.ts';
import { TriggeredWindowOperator, type TriggeredWindowOptions } from './triggered-window-operator.ts';
import { windowStartMs } from './window-start.ts';
import { type WindowState, windowStateCodec } from './window-state.ts';

export interface FixedWindowOptions<Content, Raw> extends TriggeredWindowOptions<Content, Raw> {
  readonly window: Exclude<WindowSpecification, { readonly type: 'session' }>;
}

const GLOBAL_WINDOW: WindowBounds = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

/** Windows whose place in time does not depend on what comes: tumbling, sliding (semantics A11) and global, one state each. */
export class FixedWindowOperator<Content, Raw> extends TriggeredWindowOperator<Content, Raw> {
  readonly #isGlobal: boolean;
  readonly #sizeMs: number;
  readonly #slideMs: number;
  readonly #offsetMs: number;
  /** Namespace: start of the window. */
  readonly #windows: KeyedStateTable<WindowState<Content>>;

  constructor(options: FixedWindowOptions<Content, Raw>) {
    super(options);
    const { window } = options;
    this.#isGlobal = window.type === 'global';
    this.#sizeMs = window.type === 'global' ? Number.POSITIVE_INFINITY : window.sizeMs;
    this.#slideMs = window.type === 'sliding' ? window.slideMs : this.#sizeMs;
    this.#offsetMs = window.type === 'global' ? 0 : window.offsetMs;
    this.#windows = options.state.table('windows', windowStateCodec(options.content.codec));
  }

  protected assign(key: Key, row: Row, timeMs: number, timestampMs: number): boolean {
    if (this.#isGlobal) {
      this.#add(key, VOID_NAMESPACE, GLOBAL_WINDOW, row, timestampMs);
      return true;
    }
    let taken = false;
    for (let startMs = this.#latestMs(timeMs); startMs > timeMs - this.#sizeMs; startMs -= this.#slideMs) {
      const window = this.#boundsOf(startMs);
      if (this.isLate(window)) break;
      taken = true;
      this.#add(key, startMs, window, row, timestampMs);
    }
    return taken;
  }

  protected onTimer(domain: 'event' | 'processing', key: Key, namespace: number, timeMs: number): void {
    const known = this.#windows.getForUpdate(key, namespace);
    const state = known ?? { content: undefined, triggerState: undefined };
    const ends = this.fireTimer(domain, key, namespace, this.#boundsOf(namespace), state, timeMs);
    this.#keep(key, namespace, known, state, ends);
  }

  protected requestFor(key: Key, timeMs: number): void {
    if (this.#isGlobal) {
      this.#windows.request(key, VOID_NAMESPACE);
      return;
    }
    for (let startMs = this.#latestMs(timeMs); startMs > timeMs - this.#sizeMs; startMs -= this.#slideMs) {
      this.#windows.request(key, startMs);
    }
  }

  protected requestNamespace(key: Key, namespace: number): void {
    this.#windows.request(key, namespace);
  }

  #add(key: Key, namespace: number, window: WindowBounds, row: Row, timestampMs: number): void {
    const known = this.#windows.getForUpdate(key, namespace);
    const state = known ?? { content: undefined, triggerState: undefined };
    this.addElement(key, namespace, window, state, row, timestampMs);
    this.#keep(key, namespace, known, state, false);
  }

  #keep(
    key: Key,
    namespace: number,
    known: WindowState<Content> | undefined,
    state: WindowState<Content>,
    ends: boolean,
  ): void {
    if (ends || (state.content === undefined && state.triggerState === undefined)) {
      if (known !== undefined) this.#windows.remove(key, namespace);
    } else if (known === undefined) {
      this.#windows.put(key, namespace, state);
    }
  }

  #latestMs(timeMs: number): number {
    return windowStartMs(timeMs, this.#slideMs, this.#offsetMs);
  }

  #boundsOf(startMs: number): WindowBounds {
    return this.#isGlobal ? GLOBAL_WINDOW : { startMs, endMs: startMs + this.#sizeMs };
  }
}
