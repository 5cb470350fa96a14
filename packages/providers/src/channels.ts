/** The channels themselves, for the compositions of the engine. */
export { type ChannelOptions, createChannel } from './notify/create-channel.ts';
