import { describe, expect, it } from 'vitest';

import { commandFor, commandOf, COMMANDS } from '../../../static/src/ui/commands/registry';
import { TestDesk } from './test-desk';

function press(key: string, held: Partial<KeyboardEventInit> = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key, cancelable: true, ...held });
}

describe('the registry', () => {
  it('has each id once, and no key twice among those bound here', () => {
    const ids = COMMANDS.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = COMMANDS.filter((command) => command.elsewhere !== true)
      .flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('refuses an id that it does not know', () => {
    expect(() => commandOf('edit.dance')).toThrow(RangeError);
  });

  it('leaves presses alone that somebody answered, and those that mean nothing', () => {
    const { desk } = new TestDesk();
    const answered = press(' ');
    answered.preventDefault();
    expect(commandFor(answered, desk)).toBeUndefined();
    expect(commandFor(press('j'), desk)).toBeUndefined();
  });
});

describe('a command', () => {
  it('plays and pauses by Space', () => {
    const { desk, played } = new TestDesk();
    commandFor(press(' '), desk)?.run(desk);
    commandFor(press(' '), desk)?.run(desk);
    expect(played).toEqual(['play –', 'pause']);
  });

  it('loops the marked bars, and switches off again', () => {
    const { desk, editing } = new TestDesk();
    editing.region.value = { start: 1920, end: 3840 };
    commandFor(press('l'), desk)?.run(desk);
    expect(desk.player.loop.value).toEqual({ start: 1920, end: 3840, on: true });
    commandFor(press('l'), desk)?.run(desk);
    expect(desk.player.loop.value.on).toBe(false);
  });

  it('deletes what is selected, and undo and redo go back and forth', () => {
    const test = new TestDesk();
    const ids = test.write([[0, 60, 480], [480, 62, 480]]);
    expect(commandFor(press('Delete'), test.desk)).toBeUndefined();
    test.editing.select(ids);
    commandFor(press('Delete'), test.desk)?.run(test.desk);
    expect(test.document.noteCount).toBe(0);
    commandFor(press('z', { ctrlKey: true }), test.desk)?.run(test.desk);
    expect(test.document.noteCount).toBe(2);
    commandFor(press('y', { ctrlKey: true }), test.desk)?.run(test.desk);
    expect(test.document.noteCount).toBe(0);
  });

  it('duplicates to the right and selects the copies', () => {
    const test = new TestDesk();
    test.editing.select(test.write([[0, 60, 480]]));
    commandFor(press('d', { ctrlKey: true }), test.desk)?.run(test.desk);
    const notes = test.document.notesOf(test.track).notes;
    expect(notes.map((note) => note.start)).toEqual([0, 480]);
    expect([...test.editing.selection.value]).toEqual([notes[1]?.id]);
  });

  it('does not write for somebody who only listens', () => {
    const test = new TestDesk();
    test.editing.select(test.write([[0, 60, 480]]));
    test.role.value = 'viewer';
    expect(commandFor(press('Delete'), test.desk)).toBeUndefined();
    expect(commandFor(press('2'), test.desk)).toBeUndefined();
    expect(commandFor(press('1'), test.desk)?.id).toBe('tool.select');
  });

  it('makes the snap finer and coarser, also from a triplet', () => {
    const { desk, editing } = new TestDesk();
    editing.snap.value = '1/8T';
    commandFor(press('.'), desk)?.run(desk);
    expect(editing.snap.value).toBe('1/16');
    commandFor(press(','), desk)?.run(desk);
    expect(editing.snap.value).toBe('1/8');
  });
});

describe('a toast with a way back', () => {
  it('takes back what it speaks of, and nothing that came after', () => {
    const test = new TestDesk();
    test.write([[0, 60, 480]]);
    test.desk.sayUndoable('Wrote a note');
    test.desk.notices.toast.value?.action?.run();
    expect(test.document.noteCount).toBe(0);
    expect(test.desk.notices.toast.value).toBeNull();
    test.write([[0, 60, 480]]);
    test.desk.sayUndoable('Wrote a note');
    test.write([[480, 62, 480]]);
    expect(test.desk.notices.toast.value).toBeNull();
    expect(test.document.noteCount).toBe(2);
  });
});
