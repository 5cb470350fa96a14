/** Bindings as they stand in a document or beside it: read, checked against a catalogue, written, taken out again. */
export { type Bindable, listBindable } from './directive/bindable.ts';
export { distributeFenceBindings } from './directive/fenced-command.ts';
export { type DirectivePlaces, type DirectiveReading, formatComment, formatDirective, readDirective } from './directive/grammar.ts';
export { type BindingFault, judgeBinding } from './directive/judge-binding.ts';
export { isSameBinding, keyOfBinding, rebindRunbook } from './directive/rebind.ts';
export { removeBindings } from './directive/remove.ts';
export {
	type AppliedSidecar,
	applySidecar,
	readSidecar,
	type Sidecar,
	type SidecarEntry,
	type SidecarReading,
	writeSidecar,
} from './directive/sidecar.ts';
export { validateDirectives } from './directive/validate.ts';
export { planWriting, type WrittenBindings, writeBindings } from './directive/write.ts';
