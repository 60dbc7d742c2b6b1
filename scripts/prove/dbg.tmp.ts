import { openGround, closeGround, databaseUrl, deliver } from '/work/main/scripts/prove/ground.ts';
import { publishSketch, queryRows } from '/work/main/packages/testing/src/index.ts';
const t=Date.now();
const g = await openGround();
console.log('open', Date.now()-t);
try {
 const p = await publishSketch(g.owner, 'x', { nodes: [['hook','core.webhook',{answer:'now'}],['first','http.request',{method:'POST', url: `${g.echo.url}/{{ $('hook').item.json.body.round }}/first`, bodyType:'json', body:{tag:"{{ $('hook').item.json.body.tag }}", effect:'first'}, timeoutMs:120000},{onLostAnswer:'resend', timeoutMs:120000}]], edges:['hook -> first']});
 const r = await deliver(p.url,'k1',{tag:'a',round:'r'});
 console.log(r.status, await r.text());
 await new Promise(r=>setTimeout(r,3000));
 console.log(await g.echo.records('/'));
 console.log(await queryRows(databaseUrl(g), 'select run_id,status,error from runs'));
} finally { await closeGround(g); }
