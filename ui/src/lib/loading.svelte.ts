import { ApiError } from '../api/client';
import type { Problem } from '../api/types';

/** An answer on its way: nothing asked yet, waiting, there, or refused. While a new one is awaited the old one stays in view. */
export class Loading<T> {
  answer = $state.raw<T | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  waiting = $state(false);
  private controller: AbortController | undefined;

  /** Asks, giving up whatever was asked before and has not been answered. */
  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    this.waiting = true;
    this.problem = undefined;
    try {
      const answer = await question(controller.signal);
      if (this.controller === controller) this.answer = answer;
    } catch (error) {
      if (this.controller !== controller || controller.signal.aborted) return;
      this.answer = undefined;
      if (!(error instanceof ApiError)) throw error;
      this.problem = error.problem;
    } finally {
      if (this.controller === controller) this.waiting = false;
    }
  }

  /** Gives up what was asked and forgets what was answered. */
  clear(): void {
    this.controller?.abort();
    this.controller = undefined;
    this.answer = undefined;
    this.problem = undefined;
    this.waiting = false;
  }
}
