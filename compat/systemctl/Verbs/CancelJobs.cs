namespace SysMaster.Systemctl;

/// <summary>cancel: jobs by number; all without one.</summary>
internal static class CancelJobs
{
    public static int Run(Session session, string[] words)
    {
        if (words.Length == 1) { return Trivial.Run(session, words); }
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        int code = 0;
        foreach (string word in words[1..])
        {
            if (!uint.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out uint id))
            {
                return Log.Error($"Failed to parse job id \"{word}\"", word.Length > 0
                    && word.All(char.IsAsciiDigit) ? Linux.Errno.ERANGE : Linux.Errno.EINVAL);
            }
            BusReply reply = caller.Manager("CancelJob", "u", w => w.WriteUInt32(id));
            if (reply.Failed) { code = Log.Error($"Failed to cancel job {id}: {reply.Error}"); }
        }
        return code;
    }
}
