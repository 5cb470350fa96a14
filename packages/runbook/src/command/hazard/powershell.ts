import { type Judgement, judged } from '../call.ts';

/** `Verb-Noun` of PowerShell, judged by its approved verb (Microsoft's list of approved verbs for commands; rule E23). */
export function judgeCmdlet(tool: string, args: readonly string[]): Judgement {
	const [verb = '', noun = ''] = tool.split('-');
	if (args.some((arg) => /^-whatif$/i.test(arg))) return judged('read');
	if (/^(?:remove|clear|format|reset|uninstall)$/.test(verb))
		return judged(/^(?:item|disk|volume|content|partition|database)/.test(noun) ? 'block' : 'destructive', {
			class: 'file-destroy',
			why: 'removes, clears or resets something',
		});
	if (/^(?:restart|stop)$/.test(verb) && noun === 'computer') return judged('block', { class: 'service', why: 'shuts the machine down' });
	if (tool === 'invoke-expression' || tool === 'iex') return judged('block', { class: 'pipe-to-shell', why: 'runs text as a program' });
	if (/^(?:get|test|measure|show|find|select|where|sort|group|compare|format|convertto|convertfrom|resolve|out|write|read)$/.test(verb))
		return judged(verb === 'out' && noun === 'file' ? 'local-write' : 'read', { interactive: tool === 'read-host' });
	if (/^invoke-(?:webrequest|restmethod)$/.test(tool)) {
		const method = args[args.findIndex((arg) => /^-method$/i.test(arg)) + 1] ?? 'Get';
		const named = args.some((arg) => /^-method$/i.test(arg));
		if (!named || /^(?:get|head)$/i.test(method)) return judged(args.some((arg) => /^-(?:body|infile)$/i.test(arg)) ? 'write' : 'read');
		return judged(/^delete$/i.test(method) ? 'block' : 'write', { class: 'http-write', why: 'sends a request that changes something' });
	}
	return judged('write', { class: 'service', why: 'changes the machine or a service' });
}

export function isCmdlet(tool: string): boolean {
	return /^(?:add|approve|clear|close|compare|complete|connect|convertfrom|convertto|copy|deny|disable|disconnect|enable|enter|exit|expand|export|find|format|get|grant|import|initialize|install|invoke|measure|merge|mount|move|new|open|out|publish|read|receive|register|remove|rename|repair|request|reset|resize|resolve|restart|restore|resume|revoke|save|select|send|set|show|sort|start|stop|suspend|switch|sync|test|unblock|uninstall|unlock|unregister|update|use|wait|watch|where|write)-[a-z]{3,}$/i.test(
		tool,
	);
}
