/**
 * Wakes a sleeping thread through shared memory. The owner arms the bell before it sleeps and looks for work once more; any other
 * thread rings it after it made work. While the owner is awake a ring is one atomic load. Measured on two cores: 50 us from ring to
 * wake-up with Atomics.waitAsync, 70 us with a message port, and waitAsync needs no port for each pair of threads.
 */
export class Bell {
  static readonly BYTES = 4;
  readonly #cell: Int32Array;
  #waiting = false;

  /** All threads that share the bell make their own Bell over the same memory. */
  constructor(memory: SharedArrayBuffer, byteOffset = 0) {
    this.#cell = new Int32Array(memory, byteOffset, 1);
  }

  /** Any thread: wakes the owner if it sleeps, or makes its next `sleep` return at once. */
  ring(): void {
    if (Atomics.load(this.#cell, 0) === ASLEEP && Atomics.exchange(this.#cell, 0, AWAKE) === ASLEEP) {
      Atomics.notify(this.#cell, 0);
    }
  }

  /** Owner, first step of going to sleep: rings from here on are heard. Afterwards it looks for work once more. */
  arm(): void {
    Atomics.store(this.#cell, 0, ASLEEP);
  }

  /** Owner: awake for another reason, rings need not wake it. */
  disarm(): void {
    Atomics.store(this.#cell, 0, AWAKE);
  }

  /** Owner, second step: calls `wake` once when somebody rings. A wait already under way is kept, so one `wake` at most is pending. */
  sleep(wake: () => void): void {
    if (this.#waiting) {
      return;
    }
    const wait = Atomics.waitAsync(this.#cell, 0, ASLEEP);
    this.#waiting = true;
    const woken = () => {
      this.#waiting = false;
      wake();
    };
    if (wait.async) {
      wait.value.then(woken);
    } else {
      setImmediate(woken);
    }
  }
}

const AWAKE = 0;
const ASLEEP = 1;
