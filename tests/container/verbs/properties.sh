r systemctl set-property va.service CPUWeight=200 MemoryMax=100M
r systemctl show va -p CPUWeight,MemoryMax
r systemctl set-property --runtime va.service TasksMax=50 IPAccounting=yes
r systemctl set-property va.service Bogus=1
r systemctl set-property va.service ExecStart=/bin/true
r systemctl set-property va.service MemoryMax=xyz
r systemctl set-property nope.service CPUWeight=100
r systemctl set-property va.service CPUWeight=
r systemctl set-property va.service CPUQuota=20% AllowedCPUs=0-1 DeviceAllow="'/dev/null rw'" IPAddressDeny=10.0.0.0/8 IOWeight=50
r 'cd /etc/systemd/system.control/va.service.d && tail -n +1 *'
r systemctl set-property va.service DeviceAllow="'/dev/zero r'"
r 'sort /etc/systemd/system.control/va.service.d/50-DeviceAllow.conf'
r 'cd /run/systemd/system.control/va.service.d && tail -n +1 *'
r "systemctl revert va.service 2>&1 | sort"
r systemctl set-environment FOO=bar "'B=a b'" LANG=xx
r systemctl show-environment
r systemctl set-environment 1BAD=x
r systemctl unset-environment FOO
r systemctl unset-environment B LANG
r systemctl show-environment
for value in '' no '' yes maybe; do r systemctl service-watchdogs $value; done
for value in '' debug '' bogus info; do r systemctl log-level $value; done
for value in '' console '' bogus journal; do r systemctl log-target $value; done
r systemctl show va -p Id,Names,ActiveState,SubState,Nonsense
r systemctl show va --value -p Id,ActiveState
r systemctl show va -P Id -P ActiveState
r systemctl show va vb -p Id
r systemctl show nope -p Id,LoadState,ActiveState,LoadError
