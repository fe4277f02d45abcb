using System.Runtime.CompilerServices;

namespace SysMaster.Core.Logging;

/// <summary>One method a level. With a subject, its name comes first in the text and its fields go along.</summary>
public static partial class Log
{
    /// <summary>A record with fields: ids, job, the line of a file, errno. The level may be known at run time only.</summary>
    public static void Write(
        LogLevel level,
        scoped LogContext context,
        [InterpolatedStringHandlerArgument(nameof(level), nameof(context))] LogTextAny text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(level, context, text.Buffer, new CodeLocation(file, line, function));

    public static void Error(
        LogText<ErrorLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Error, default, text.Buffer, new CodeLocation(file, line, function));

    public static void Error(
        ILogSubject? subject,
        [InterpolatedStringHandlerArgument(nameof(subject))] LogText<ErrorLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Error, new LogContext(subject), text.Buffer, new CodeLocation(file, line, function));

    public static void Warning(
        LogText<WarningLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Warning, default, text.Buffer, new CodeLocation(file, line, function));

    public static void Warning(
        ILogSubject? subject,
        [InterpolatedStringHandlerArgument(nameof(subject))] LogText<WarningLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Warning, new LogContext(subject), text.Buffer, new CodeLocation(file, line, function));

    public static void Notice(
        LogText<NoticeLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Notice, default, text.Buffer, new CodeLocation(file, line, function));

    public static void Notice(
        ILogSubject? subject,
        [InterpolatedStringHandlerArgument(nameof(subject))] LogText<NoticeLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Notice, new LogContext(subject), text.Buffer, new CodeLocation(file, line, function));

    public static void Info(
        LogText<InfoLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Info, default, text.Buffer, new CodeLocation(file, line, function));

    public static void Info(
        ILogSubject? subject,
        [InterpolatedStringHandlerArgument(nameof(subject))] LogText<InfoLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Info, new LogContext(subject), text.Buffer, new CodeLocation(file, line, function));

    public static void Debug(
        LogText<DebugLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Debug, default, text.Buffer, new CodeLocation(file, line, function));

    public static void Debug(
        ILogSubject? subject,
        [InterpolatedStringHandlerArgument(nameof(subject))] LogText<DebugLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Debug, new LogContext(subject), text.Buffer, new CodeLocation(file, line, function));

    public static void Critical(
        LogText<CriticalLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Critical, default, text.Buffer, new CodeLocation(file, line, function));

    public static void Emergency(
        LogText<EmergencyLevel> text,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerMemberName] string function = "")
        => Emit(LogLevel.Emergency, default, text.Buffer, new CodeLocation(file, line, function));
}
