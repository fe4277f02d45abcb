using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>`sctl slots use manager sysmaster` on a machine whose /sbin/init decides: a trial that is lost ends in the previous manager, without a hand.</summary>
public sealed class TrialTests
{
    [FullFact]
    public void One_that_does_not_reach_its_target_restarts_the_machine_into_the_previous_manager()
    {
        using var at = new KeptMachine();
        at.Must("""
            cat >/etc/systemd/system/slow.service <<'EOF'
            [Unit]
            Description=Slow under one manager
            Before=multi-user.target
            [Service]
            Type=oneshot
            ExecStart=sh -c 'case $(readlink /proc/1/exe) in */sysmaster/init) sleep 3600 ;; esac'
            [Install]
            WantedBy=multi-user.target
            EOF
            systemctl enable slow && sctl slots use manager sysmaster --within 60 --reboot
            """);
        at.Off();
        at.On("--no-wait");
        at.Machine.WaitForEnd(400).Should().BeTrue("its time is over, and it was asked to restart");
        at.Machine.Console.Should().Contain("reboot: Restarting system");

        at.On();
        IsBack(at);
    }

    [FullFact]
    public void One_whose_core_does_not_stay_up_is_over_with_the_reset_button()
    {
        using var at = new KeptMachine();
        at.Must("sctl slots use manager sysmaster && printf '#!/bin/sh\\nexit 1\\n' >/usr/lib/sysmaster/sysmaster");
        at.Off();
        at.On("--no-wait");
        at.Machine.UntilAnew("test \"$(readlink /proc/1/exe)\" = /usr/lib/sysmaster/init && test -e /etc/sysmaster/trial.begun", 240);
        at.Cut();

        at.On();
        IsBack(at);
    }

    /// <summary>GRUB as Debian installs and configures it chooses; only GRUB_DEFAULT=saved is not Debian's default.</summary>
    [FullFact]
    public void Grub_starts_the_trial_once_and_what_has_won_for_good()
    {
        using var at = new KeptMachine("boot", loader: true);
        at.Must($"""
            cat >/etc/default/grub <<'EOF'
            GRUB_DEFAULT=saved
            GRUB_TIMEOUT=1
            GRUB_TERMINAL=serial
            GRUB_DISABLE_OS_PROBER=true
            GRUB_CMDLINE_LINUX="console=ttyS0 panic=-1 no_timer_check loglevel=4 mitigations=off module_blacklist=kvm_amd,kvm_intel,kvm,powernow_k8 rig.root={KeptMachine.FirstPartition}"
            EOF
            grub-install --target=i386-pc /dev/nvme0n1 && grub-mkconfig -o /boot/grub/grub.cfg && grub-editenv /boot/grub/grubenv create
            """, 300);
        at.Must("sctl slots use manager sysmaster; grub-editenv - list").Should().Contain("next_entry=sysmaster");

        Again(at);
        at.Running.Should().Be("sysmaster", "it is on trial");
        at.Machine.Until("test ! -e /etc/sysmaster/trial", 60);
        at.Must("grub-editenv - list; tr ' ' '\\n' </proc/cmdline | grep ^init=").Should().Be("saved_entry=sysmaster\ninit=/usr/lib/sysmaster/init");
        Again(at);
        at.Running.Should().Be("sysmaster", "the trial was won");
        at.Must("systemctl is-system-running").Should().Be("running");

        at.Must("sctl slots use --no-trial manager systemd");
        Again(at);
        at.Running.Should().Be("systemd");

        at.Must("sctl slots use manager sysmaster && printf '#!/bin/sh\\nexit 1\\n' >/usr/lib/sysmaster/sysmaster");
        at.Off();
        at.On("--from-disk", "--no-wait");
        at.Machine.UntilAnew("test \"$(readlink /proc/1/exe)\" = /usr/lib/sysmaster/init && grep -q init=/usr/lib/sysmaster/init /proc/cmdline", 300);
        at.Cut();
        at.On("--from-disk");
        at.Running.Should().Be("systemd", "the trial is lost");
        at.Machine.Until("test ! -e /etc/sysmaster/trial", 60);
        at.Must("sctl slots").Should().Contain("The trial of sysmaster is lost");
    }

    private static void Again(KeptMachine at)
    {
        at.Off();
        at.On("--from-disk");
    }

    private static void IsBack(KeptMachine at)
    {
        at.Running.Should().Be("systemd");
        at.Must("systemctl is-system-running").Should().Be("running");
        at.Machine.Until("test ! -e /etc/sysmaster/trial", 60);
        at.Must("sctl slots").Should().Contain("The trial of sysmaster is lost");
        at.Must("readlink /sbin/init").Should().Be("../lib/systemd/systemd");
        at.Off();
    }
}
