# Ansible's modules: what they change, and what they say has changed.
unit play.service <<X
[Unit]
Description=Played with
[Service]
ExecStart=sleep 1000
ExecReload=/bin/kill -HUP \$MAINPID
ExecStartPost=/bin/sh -c 'echo "a { b ; c }"'
[Install]
WantedBy=multi-user.target
X
export ANSIBLE_INVENTORY_UNPARSED_WARNING=false ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=false ANSIBLE_DEPRECATION_WARNINGS=false ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3
cat >/root/steps.py <<'X'
import json, re, sys
text, decoder, at = sys.stdin.read(), json.JSONDecoder(), 0
for found in re.finditer(r'localhost \| ([A-Z!]+)[^{]*=> ', text):
    data, _ = decoder.raw_decode(text, found.end())
    status = data.get('status', {})
    print(found.group(1), {k: data.get(k) for k in ('changed', 'state', 'enabled', 'msg', 'name') if k in data})
    for k in ('Id', 'ActiveState', 'SubState', 'UnitFileState', 'Description', 'LoadState', 'Type', 'CanReload', 'FragmentPath', 'Before', 'After', 'WantedBy'):
        if k in status: print(' ', k, ' '.join(sorted(status[k].split())))
    if len(status) > 100: print(' ', len(status), sorted(status))
X
cat >/root/steps.yml <<'X'
- hosts: localhost
  gather_facts: false
  ignore_errors: true
  tasks:
    - systemd: name=play daemon_reload=true
    - systemd: name=play state=started enabled=true
    - systemd: name=play state=started enabled=true
    - systemd: name=play state=reloaded
    - systemd: name=play state=restarted
    - service: name=play state=stopped enabled=false
    - systemd: name=play masked=true
    - systemd: name=play state=started
    - systemd: name=play masked=false
    - systemd: name=no-such-thing state=started
    - systemd: name=getty@tty9 enabled=true
    - systemd: name=getty@tty9 enabled=false
X
LIMIT=200 ANSIBLE_STDOUT_CALLBACK=minimal w 0 "ansible-playbook /root/steps.yml 2>/dev/null | python3 /root/steps.py"
w 0 "ansible localhost -m setup -a 'filter=ansible_service_mgr' | grep service_mgr"
w 0 "ansible localhost -m service_facts | python3 -c 'import json, sys; t = sys.stdin.read(); d = json.loads(t[t.index(\"{\"):])[\"ansible_facts\"][\"services\"]; [print(k, v.get(\"state\"), v.get(\"status\"), v.get(\"source\")) for k, v in sorted(d.items()) if k.startswith((\"cron\", \"play\", \"getty@\", \"ssh\", \"systemd-\", \"dbus\"))]'"
exit $wrong
