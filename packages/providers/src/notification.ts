/**
 * Notifications as values: what a message is, the port of channels, how channels are configured and described, and a message's
 * words. Nothing here opens a connection; `channels.ts` does.
 */
export type { ChannelKind, Delivered, Delivery, NotificationChannel, Refused, TryLater } from './notify/channel.ts';
export { channelKinds } from './notify/channel.ts';
export type { ChannelConfig, SecretSource } from './notify/channel-config.ts';
export { createChannelSchema } from './notify/channel-schema.ts';
export type { InboxEntry, InboxPort } from './notify/console/index.ts';
export { type ChannelDescription, describeChannel } from './notify/describe-channel.ts';
export type {
	IncidentReference,
	MessageDiagnosis,
	MessageFact,
	MessageKind,
	MessageLink,
	MessageTemplates,
	NotificationMessage,
	Severity,
} from './notify/message.ts';
export { resolveChannelConfig } from './notify/resolve-channel.ts';
export { makeTestMessage } from './notify/templates/make-test-message.ts';
export { type PreparedMessage, prepareMessage } from './notify/templates/prepare-message.ts';
export { renderHtml } from './notify/templates/render-html.ts';
export { renderText } from './notify/templates/render-text.ts';
