/** Keys while the roll has the focus: the cell, the candidates, the end of a gesture. */
import type { RollActions } from './actions';
import type { Hand } from './hand';
import { isShown } from './hit';
import type { Stage } from './stage';

type Answer = () => void;

export class Keyboard {
  constructor(
    private readonly stage: Stage,
    private readonly actions: RollActions,
    private readonly hand: Hand,
  ) {}

  /** Answers a key; true when it meant something here. */
  press(event: KeyboardEvent): boolean {
    const answer = this.answer(event);
    if (!answer) return false;
    answer();
    return true;
  }

  private answer(event: KeyboardEvent): Answer | null {
    const { key, shiftKey, altKey } = event;
    if (key === 'Escape') return this.escape();
    if (event.ctrlKey || event.metaKey) return null;
    if (key === 'Tab' && !altKey) return this.tab(shiftKey ? -1 : 1);
    if (altKey) return this.withAlt(key, shiftKey);
    return shiftKey ? this.withShift(key) : this.plain(key);
  }

  private plain(key: string): Answer | null {
    const { actions, stage } = this;
    switch (key) {
      case 'ArrowLeft':
        return () => { actions.moveCell(-1, 0); };
      case 'ArrowRight':
        return () => { actions.moveCell(1, 0); };
      case 'ArrowUp':
        return () => { actions.moveCell(0, 1); };
      case 'ArrowDown':
        return () => { actions.moveCell(0, -1); };
      case 'PageUp':
        return () => { actions.moveCellByBars(-1); };
      case 'PageDown':
        return () => { actions.moveCellByBars(1); };
      case 'Enter':
        return this.accept() ?? (() => { actions.toggleCell(); });
      case 'Delete':
      case 'Backspace':
        return stage.editing.selection.peek().size === 0
          ? () => { actions.deleteSelection(); }
          : null;
      default:
        return null;
    }
  }

  private withShift(key: string): Answer | null {
    const { actions } = this;
    if (key === 'ArrowLeft') return () => { actions.extendSelection(-1); };
    if (key === 'ArrowRight') return () => { actions.extendSelection(1); };
    if (key === 'Home') return () => { actions.putCell(0); };
    if (key === 'End') return () => { actions.putCell(this.stage.view.end); };
    if (key === 'PageUp') return () => { actions.cellToNote(-1); };
    if (key === 'PageDown') return () => { actions.cellToNote(1); };
    if (key === 'Enter') return () => { actions.toggleCellSelection(); };
    return null;
  }

  private withAlt(key: string, shift: boolean): Answer | null {
    const { actions } = this;
    switch (key) {
      case 'ArrowLeft':
        return () => { actions.nudge(-1); };
      case 'ArrowRight':
        return () => { actions.nudge(1); };
      case 'ArrowUp':
        return () => { actions.transpose(shift ? 12 : 1); };
      case 'ArrowDown':
        return () => { actions.transpose(shift ? -12 : -1); };
      default:
        return null;
    }
  }

  private get openCandidates(): boolean {
    const { suggestions } = this.stage.ports;
    return suggestions?.list.peek().some((s) => isShown(s) && s.candidates.length > 0) === true;
  }

  private tab(direction: 1 | -1): Answer | null {
    const { suggestions } = this.stage.ports;
    if (!suggestions || !this.openCandidates) return null;
    return () => { suggestions.next(direction); };
  }

  /** Enter accepts the current candidate, or the ghosts that were picked. */
  private accept(): Answer | null {
    const { suggestions } = this.stage.ports;
    const current = suggestions?.current.peek();
    if (!suggestions || !current || !this.openCandidates || !this.stage.canWrite) return null;
    return () => { this.stage.accept(current); };
  }

  private escape(): Answer | null {
    const { hand, stage } = this;
    const { editing, ports } = stage;
    if (hand.busy) return () => { hand.cancel(); };
    const picked = editing.ghostSelection.peek() !== null;
    if (picked || editing.selection.peek().size > 0) {
      return () => { editing.clearSelection(); };
    }
    const current = ports.suggestions?.current.peek();
    if (current && this.openCandidates) {
      return () => { ports.suggestions?.hideForMe(current.suggestion); };
    }
    return editing.region.peek() ? () => { editing.region.value = null; } : null;
  }
}
