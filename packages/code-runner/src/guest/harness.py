"""The program inside a Python sandbox: takes one call from the pipe, and ends with it."""

import ast
import base64
import builtins
import datetime
import json
import linecache
import os
import random
import struct
import sys
import traceback

PIPE = 3
# Taken before the code can replace them.
dumps, loads = json.dumps, json.loads
USER_FILE = 'code-node.py'
LINES, CHARACTERS, LINE_CHARACTERS = 1_000, 256 * 1024, 10_000
RESULT_CHARACTERS = 32 * 1024 * 1024
MOST_LINES, MOST_CHARACTERS = 100_000, 16 * 1024 * 1024


def read_exactly(size):
    parts = []
    while size > 0:
        part = os.read(PIPE, min(size, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b''.join(parts)


def read_frame():
    size, kind = struct.unpack('>Ic', read_exactly(5))
    return kind.decode('latin1'), read_exactly(size)


def write_frame(kind, body):
    data = memoryview(struct.pack('>Ic', len(body), kind.encode('latin1')) + body)
    while data:
        data = data[os.write(PIPE, data) :]


def write_json(kind, value):
    write_frame(kind, dumps(value).encode())


class Invalid(Exception):
    """A result that cannot be taken."""


class NoNetwork(Exception):
    """A request that nobody sends."""


class NoStaticData(Exception):
    """What a workflow keeps from one run to the next: nothing."""


class FileError(Exception):
    """A file that cannot be read or made."""


class Fields(dict):
    """A dict whose fields can also be read and set with a dot, as n8n's Python code does."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f'there is no field "{name}"; there is: {", ".join(map(str, self)) or "none"}') from None

    __setattr__ = dict.__setitem__

    def to_py(self):
        return self


class File(Fields):
    """A file by its handle; n8n's code finds what is in it as base64 under `data`, so that is read when asked for."""

    def __missing__(self, key):
        if key != 'data':
            raise KeyError(key)
        return base64.b64encode(files.bytes(self)).decode()


def parse(text):
    return loads(text, object_hook=Fields)


def with_files(items):
    """Items whose files can be looked into, under n8n's name too."""
    for item in items:
        if 'files' in item:
            item['files'] = item['binary'] = Fields({name: File(one) for name, one in item['files'].items()})
    return items


class Call:
    def __init__(self, body):
        head_size = struct.unpack('>I', body[:4])[0]
        self.head = loads(body[4 : 4 + head_size])
        at = 4 + head_size
        texts = []
        for size in self.head['sizes']:
            texts.append(body[at : at + size])
            at += size
        self.items = with_files(parse(texts[0]))
        self.given_files = {id(item['files']): item['files'] for item in self.items if 'files' in item}
        self.data = parse(texts[1])
        self.nodes_text = texts[2]
        self.nodes = None
        self.index = self.data.get('itemIndex', 0)
        self.places = {id(one): index for index, item in enumerate(self.items) for one in (item, item['json'])}

    def node(self, name):
        if self.nodes is None:
            self.nodes = parse(self.nodes_text)
            for node in self.nodes.values():
                self.given_files |= {id(item['files']): item['files'] for item in with_files(node['items']) if 'files' in item}
        if name not in self.nodes:
            raise LookupError(f'There is no node "{name}" before this one; there is: {", ".join(self.nodes) or "none"}')
        return self.nodes[name]


class NodeView:
    """What `_('id')` gives."""

    def __init__(self, call, name):
        self._call = call
        self._node = call.node(name)
        self.params = self._node.get('params', Fields())
        self.context = self._node.get('context', Fields())
        self.isExecuted = self._node.get('isExecuted', True)

    def all(self):
        return self._node['items']

    def first(self):
        return next(iter(self._node['items']), None)

    def last(self):
        return next(reversed(self._node['items']), None)

    @property
    def json(self):
        return (self.item or Fields()).get('json')

    @property
    def parameter(self):
        return self.params

    def itemMatching(self, index):
        paired = self._node.get('paired')
        at = index if paired is None else (paired[index] if index < len(paired) else None)
        return None if at is None or at >= len(self._node['items']) else self._node['items'][at]

    @property
    def item(self):
        return self.itemMatching(self._call.index)


class Input:
    """What `_input` is."""

    def __init__(self, call):
        self._call = call

    def all(self):
        return self._call.items

    @property
    def params(self):
        return self._call.data.get('previous', Fields()).get('params', Fields())

    @property
    def context(self):
        return self._call.data.get('previous', Fields()).get('context', Fields())

    def first(self):
        return next(iter(self._call.items), None)

    def last(self):
        return next(reversed(self._call.items), None)

    @property
    def item(self):
        items = self._call.items
        return items[self._call.index] if self._call.index < len(items) else None


class Console:
    """Standard output and error: each line is sent when it is whole."""

    lines = characters = dropped = 0

    def __init__(self, call, level):
        self.call, self.level, self.rest = call, level, ''

    def write(self, text):
        *lines, self.rest = (self.rest + str(text)).split('\n')
        for line in lines:
            self.send(line)
        if len(self.rest) > MOST_CHARACTERS:
            self.flush()
        return len(text)

    def flush(self):
        if self.rest:
            self.send(self.rest)
            self.rest = ''

    def send(self, line):
        Console.lines += 1
        Console.characters += len(line)
        if Console.lines > MOST_LINES or Console.characters > MOST_CHARACTERS:
            write_json('e', {'code': 'code_too_much_output', 'message': 'The code wrote too much to the console'})
            os._exit(1)
        if Console.lines > LINES or Console.characters > CHARACTERS:
            Console.dropped += 1
        else:
            write_json('L', [self.call.index, self.level, line[:LINE_CHARACTERS]])


class Response:
    """An answer of `fetch`."""

    def __init__(self, answer):
        self.status = self.status_code = answer['status']
        self.ok = 200 <= self.status < 300
        self.url = answer['url']
        self.headers = answer['headers']
        self.content = base64.b64decode(answer['body'])

    @property
    def text(self):
        return self.content.decode('utf-8', 'replace')

    def json(self):
        return parse(self.content)


def fetch(url, method='GET', headers=None, body=None):
    """Sends a request through the runner's broker; waits for the answer."""
    headers = {str(name).lower(): str(value) for name, value in (headers or {}).items()}
    if isinstance(body, (dict, list)):
        headers.setdefault('content-type', 'application/json')
        body = dumps(body)
    if isinstance(body, str):
        body = body.encode()
    request = {
        'url': str(url),
        'method': str(method).upper(),
        'headers': headers,
        'body': None if body is None else base64.b64encode(body).decode(),
    }
    write_frame('F', b'1\n' + dumps(request).encode())
    _kind, answer = read_frame()
    answer = loads(answer.split(b'\n', 1)[1])
    if 'error' in answer:
        error = answer['error']
        raise (NoNetwork if error['code'] == 'code_no_network' else ConnectionError)(error['message'])
    return Response(answer)


WHOLE_BYTES = 32 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024


class Files:
    """What `_files` is: what is in files, and new ones. Each question waits for its answer."""

    stream = 0

    def _tell(self, head, data=b''):
        write_frame('D', b'1\n' + dumps(head).encode() + b'\n' + data)
        _kind, answer = read_frame()
        _id, text, data = answer.split(b'\n', 2)
        told = parse(text)
        if 'error' in told:
            raise FileError(told['error'])
        return told, data

    def chunks(self, file):
        """Piece by piece: never whole in memory."""
        self.stream += 1
        stream, done = self.stream, False
        self._tell({'op': 'read', 'stream': stream, 'handle': file})
        try:
            while True:
                told, data = self._tell({'op': 'next', 'stream': stream})
                done = told.get('done', False)
                if done:
                    return
                yield data
        finally:
            if not done:
                self._tell({'op': 'close', 'stream': stream})

    def bytes(self, file):
        parts, size = [], 0
        for part in self.chunks(file):
            parts.append(part)
            size += len(part)
            if size > WHOLE_BYTES:
                raise FileError(f'The file has more than {WHOLE_BYTES} bytes: read it with for part in _files.chunks(file)')
        return b''.join(parts)

    def text(self, file, encoding='utf-8'):
        return self.bytes(file).decode(encoding)

    def make(self, content, file_name=None, mime_type=None):
        """A file of text, bytes, or something that gives them piece by piece; gives its handle."""
        self.stream += 1
        stream = self.stream
        name = file_name or ('file.txt' if isinstance(content, str) else 'file')
        head = {'op': 'make', 'stream': stream, 'fileName': str(name)}
        self._tell(head if mime_type is None else {**head, 'mimeType': str(mime_type)})
        try:
            for piece in [content] if isinstance(content, (str, bytes, bytearray, memoryview)) else content:
                data = piece.encode() if isinstance(piece, str) else bytes(memoryview(piece))
                for at in range(0, len(data), CHUNK_BYTES):
                    self._tell({'op': 'chunk', 'stream': stream}, data[at : at + CHUNK_BYTES])
        except BaseException:
            self._tell({'op': 'close', 'stream': stream})
            raise
        told, _data = self._tell({'op': 'end', 'stream': stream})
        return File(told['handle'])


files = Files()


def keep_inline(value):
    """Makes files of what n8n's programs write as `{ data: '<base64>', fileName, mimeType }`."""
    for name, file in value.items():
        if isinstance(file, dict) and 'id' not in file and isinstance(dict.get(file, 'data'), str):
            value[name] = files.make(base64.b64decode(file['data']), file.get('fileName'), file.get('mimeType'))


def no_static_data(*_wanted):
    raise NoStaticData('Nothing that code writes is kept from one run to the next')


class Nodes:
    """n8n's `_node["…"]`."""

    def __init__(self, call):
        self._call = call

    def __getitem__(self, name):
        return NodeView(self._call, name)


def names(call):
    data = call.data
    zone = datetime.timezone.utc
    try:
        import zoneinfo

        zone = zoneinfo.ZoneInfo(data.get('timezone', 'UTC'))
    except Exception:
        pass
    now = datetime.datetime.fromtimestamp(data.get('nowMs', 0) / 1000, zone)
    return {
        '__name__': 'code_node',
        '__builtins__': builtins,
        '_': lambda name: NodeView(call, name),
        '_input': Input(call),
        '_node': Nodes(call),
        '_files': files,
        '_prevNode': data.get('previous', Fields()),
        '_getWorkflowStaticData': no_static_data,
        '_items': call.items,
        'items': call.items,
        '_now': now,
        '_today': now.replace(hour=0, minute=0, second=0, microsecond=0),
        '_vars': data.get('vars', Fields()),
        '_env': data.get('env', Fields()),
        '_run': data.get('run', Fields()),
        '_execution': data.get('run', Fields()),
        '_workflow': data.get('workflow', Fields()),
        '_runIndex': data.get('runIndex', 0),
        'fetch': fetch,
    }


def compiled(source, space):
    """The user's text as the body of a function, on its own lines."""
    linecache.cache[USER_FILE] = (len(source), None, source.splitlines(True), USER_FILE)
    body = ast.parse(source, USER_FILE).body or [ast.Pass()]
    frame = ast.parse('def code_node(): pass', USER_FILE)
    frame.body[0].body = body
    ast.fix_missing_locations(frame)
    exec(compile(frame, USER_FILE, 'exec'), space)
    return space['code_node']


KNOWN = {'json', 'files', 'binary', 'pairedItem', 'error', 'index', 'from'}


def lineage(call, value):
    paired = value.get('pairedItem')
    if paired is None:
        places = (call.places.get(id(value)), call.places.get(id(value.get('json'))))
        return next(([at] for at in places if at is not None), None)
    found = []
    for one in paired if isinstance(paired, list) else [paired]:
        at = one.get('item') if isinstance(one, dict) else one
        if not isinstance(at, int) or not 0 <= at < len(call.items):
            raise Invalid(f'pairedItem names item {at}, and there are {len(call.items)} input items')
        found.append(at)
    return found


def out_item(call, value, where):
    if not isinstance(value, dict):
        raise Invalid(f'{where} is a {type(value).__name__}; an item is a dict such as {{"json": {{"name": "Ada"}}}}')
    if 'json' not in value:
        at = call.places.get(id(value))
        return {'json': value} if at is None else {'json': value, 'from': [at]}
    if not isinstance(value['json'], dict):
        raise Invalid(f'json of {where} is a {type(value["json"]).__name__}; it has to be a dict')
    for key in value:
        if key not in KNOWN:
            raise Invalid(f'{where} has the field "{key}" beside json: fields of the item belong inside json')
    out = {'json': value['json']}
    origin = lineage(call, value)
    if origin is not None:
        out['from'] = origin
    found, binary = value.get('files'), value.get('binary')
    if binary is not None and (found is None or id(found) in call.given_files):
        found = binary
    if isinstance(found, dict):
        keep_inline(found)
    if found is not None:
        out['files'] = found
    return out


def items_of_all(call, returned):
    if returned is None:
        raise Invalid('The code returned nothing. Return the items that the next node should get, such as: return _input.all()')
    values = list(returned) if isinstance(returned, (list, tuple)) else [returned]
    out = [out_item(call, value, f'Item {index}') for index, value in enumerate(values)]
    if len(out) == len(call.items) and not any('from' in one for one in out):
        for index, one in enumerate(out):
            one['from'] = [index]
    return out


def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    raise Invalid(f'The result cannot be written as JSON: it holds a {type(value).__name__}')


def run(call):
    space = names(call)
    code = compiled(call.head['source'], space)
    random.seed(str(call.data.get('seed', '')))
    out = []
    for index in range(len(call.items)) if call.head['mode'] == 'each' else [call.index]:
        call.index = index
        item = call.items[index] if index < len(call.items) else Fields(json=Fields())
        space.update(_itemIndex=index, _item=item, item=item, _json=item['json'])
        returned = code()
        if call.head['mode'] == 'all':
            out = items_of_all(call, returned)
        elif returned is not None and returned is not False:
            out.append({'from': [index], **out_item(call, returned, 'The result')})
    try:
        text = dumps(out, default=plain, allow_nan=False)
    except (ValueError, TypeError) as fault:
        raise Invalid(f'The result cannot be written as JSON: {fault}') from None
    if len(text) > RESULT_CHARACTERS:
        raise Invalid(f'The result has {len(text)} characters; at most {RESULT_CHARACTERS} are taken')
    return text


def is_about_processes(fault):
    frames = traceback.extract_tb(fault.__traceback__)
    return any(frame.filename.endswith(('subprocess.py', 'popen_fork.py')) or 'fork' in (frame.line or '') or 'spawn' in (frame.line or '') for frame in frames)


def report(call, fault):
    code = 'code_failed'
    line = column = None
    if isinstance(fault, SyntaxError) and fault.filename == USER_FILE:
        code, line, column = 'code_syntax', fault.lineno, fault.offset
    elif isinstance(fault, Invalid):
        code = 'code_result_invalid'
    elif isinstance(fault, NoNetwork):
        code = 'code_no_network'
    elif isinstance(fault, NoStaticData):
        code = 'code_no_static_data'
    elif isinstance(fault, PermissionError) and is_about_processes(fault):
        code = 'code_processes'
    if line is None:
        places = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == USER_FILE]
        line = places[-1] if places else None
    message = fault.msg if code == 'code_syntax' else str(fault)
    return {'code': code, 'name': type(fault).__name__, 'message': message, 'line': line, 'column': column, 'itemIndex': call.index}


def main():
    write_frame('H', b'')
    _kind, body = read_frame()
    call = Call(body)
    sys.stdout, sys.stderr = Console(call, 'log'), Console(call, 'error')
    try:
        kind, text = 'r', run(call)
    except BaseException as fault:  # the code may raise anything, SystemExit included
        kind, text = 'e', dumps(report(call, fault))
    sys.stdout.flush()
    sys.stderr.flush()
    if Console.dropped:
        write_json('L', [0, 'warn', f'{Console.dropped} more lines were not kept'])
    write_frame(kind, text.encode('utf-8', 'surrogatepass'))
    os._exit(0)


main()
