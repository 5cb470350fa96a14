/** Which hosts are this machine: the rule by which cookies and origins are judged. */
export { isLoopbackHost } from './http/loopback-host.ts';
