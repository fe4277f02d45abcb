# What Cockpit's services page asks, through its own bridge.
cat >/root/bridge.py <<'X'
import json, re, subprocess, sys
bridge = subprocess.Popen(['cockpit-bridge'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
def send(channel, data):
    text = f"{channel}\n{json.dumps(data)}".encode()
    bridge.stdin.write(str(len(text)).encode() + b"\n" + text); bridge.stdin.flush()
def receive():
    size = int(bridge.stdout.readline())
    channel, _, data = bridge.stdout.read(size).partition(b"\n")
    return channel.decode(), json.loads(data) if data[:1] in b"{[" and data else data.decode()
receive()
send('', {'command': 'init', 'version': 1, 'host': 'localhost'})
send('', {'command': 'open', 'channel': 's', 'payload': 'dbus-json3', 'bus': 'system', 'name': 'org.freedesktop.systemd1', 'group': 'g'})
number = 0
def call(path, interface, member, *args, type=None):
    global number
    number += 1
    message = {'call': [path, interface, member, list(args)], 'id': str(number)}
    if type: message['type'] = type
    send('s', message)
    while True:
        channel, data = receive()
        if channel == 's' and data.get('id') == str(number): return data['reply'][0] if 'reply' in data else data['error']
M, O = 'org.freedesktop.systemd1.Manager', '/org/freedesktop/systemd1'
send('s', {'add-match': {'interface': M}}); send('s', {'add-match': {'interface': 'org.freedesktop.DBus.Properties', 'path_namespace': O}})
print('Subscribe', call(O, M, 'Subscribe')); print('again', call(O, M, 'Subscribe'))
units = call(O, M, 'ListUnits')[0]
print('ListUnits', len(units) > 50, [u[:6] + u[6:7] for u in units if u[0] == 'cron.service'])
files = call(O, M, 'ListUnitFiles')[0]
print('ListUnitFiles', len(files) > 100, sorted(f for f in files if re.search('/(cron|ssh|dbus)[.]', f[0])))
print('failed', sorted(call(O, M, 'ListUnitsFiltered', ['failed'])[0]))
print('LoadUnit', call(O, M, 'LoadUnit', 'cron.service'))
cron = O + '/unit/cron_2eservice'
everything = call(cron, 'org.freedesktop.DBus.Properties', 'GetAll', 'org.freedesktop.systemd1.Unit')[0]
for name in ('Id', 'Names', 'Description', 'LoadState', 'LoadError', 'ActiveState', 'SubState', 'UnitFileState', 'FragmentPath', 'CanReload', 'CanStart', 'Conditions', 'Wants', 'WantedBy', 'Requires', 'OnFailure', 'PropagatesReloadTo', 'ReloadPropagatedFrom', 'JoinsNamespaceOf', 'NeedDaemonReload'):
    value = everything.get(name)
    if value['t'] == 'as': value['v'].sort()
    print(name, json.dumps(value))
print(len(everything), sorted(everything))
print(sorted(call(cron, 'org.freedesktop.DBus.Properties', 'GetAll', 'org.freedesktop.systemd1.Service')[0]))
timer = call(O, M, 'LoadUnit', 'systemd-tmpfiles-clean.timer')[0]
print(sorted(call(timer, 'org.freedesktop.DBus.Properties', 'GetAll', 'org.freedesktop.systemd1.Timer')[0]))
print(json.dumps(call(O + '/unit/dbus_2esocket', 'org.freedesktop.DBus.Properties', 'Get', 'org.freedesktop.systemd1.Socket', 'Listen')))
print('Stop', re.sub(r'\d+', 'N', str(call(O, M, 'StopUnit', 'cron.service', 'fail'))))
signals = []
while True:
    channel, data = receive()
    if channel != 's' or 'signal' not in data: continue
    path, interface, member, args = data['signal']
    if member == 'JobRemoved': print(args[2], args[3]); break
print('Start', re.sub(r'\d+', 'N', str(call(cron, 'org.freedesktop.systemd1.Unit', 'Start', 'fail'))))
print('Mask', call(O, M, 'MaskUnitFiles', ['masked-one.service'], True, False))
print('Disable', call(O, M, 'DisableUnitFiles', ['cron.service'], False)); print('Enable', call(O, M, 'EnableUnitFiles', ['cron.service'], False, False))
print('Unmask', call(O, M, 'UnmaskUnitFiles', ['masked-one.service'], True)); print('Reload', call(O, M, 'Reload'))
print('ResetFailed', call(O, M, 'ResetFailedUnit', 'cron.service'))
print('nothing', call(O, M, 'StartUnit', 'nothing.service', 'fail'))
print('watch', end=' ')
send('s', {'watch': {'path': cron}, 'id': 'w'})
meta = notify = None
while True:
    channel, data = receive()
    if channel != 's': continue
    if 'meta' in data: meta = sorted(data['meta'])
    if 'notify' in data: notify = {k: sorted(v) for k, v in data['notify'].items()}
    if data.get('id') == 'w': break
print(meta, {k: sorted((v or {}).keys()) for k, v in (notify or {}).items()} if isinstance(notify, dict) and all(isinstance(v, dict) for v in notify.values()) else sorted(notify.get(cron, [])) if notify else None)
X
w 0 "timeout 50 python3 /root/bridge.py"
exit $wrong
