using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>Prints declarations as introspection XML, byte for byte as sd-bus 252 does.</summary>
public static class Introspection
{
    private const string Head =
        """
        <!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
        "https://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
        <node>

        """;

    private const string Builtin =
        """
         <interface name="org.freedesktop.DBus.Peer">
          <method name="Ping"/>
          <method name="GetMachineId">
           <arg type="s" name="machine_uuid" direction="out"/>
          </method>
         </interface>
         <interface name="org.freedesktop.DBus.Introspectable">
          <method name="Introspect">
           <arg name="xml_data" type="s" direction="out"/>
          </method>
         </interface>
         <interface name="org.freedesktop.DBus.Properties">
          <method name="Get">
           <arg name="interface_name" direction="in" type="s"/>
           <arg name="property_name" direction="in" type="s"/>
           <arg name="value" direction="out" type="v"/>
          </method>
          <method name="GetAll">
           <arg name="interface_name" direction="in" type="s"/>
           <arg name="props" direction="out" type="a{sv}"/>
          </method>
          <method name="Set">
           <arg name="interface_name" direction="in" type="s"/>
           <arg name="property_name" direction="in" type="s"/>
           <arg name="value" direction="in" type="v"/>
          </method>
          <signal name="PropertiesChanged">
           <arg type="s" name="interface_name"/>
           <arg type="a{sv}" name="changed_properties"/>
           <arg type="as" name="invalidated_properties"/>
          </signal>
         </interface>

        """;

    /// <summary>The whole document of one object.</summary>
    /// <param name="bindings">Null for a path that only leads to others.</param>
    /// <param name="children">Names of the nodes below, sorted.</param>
    public static string Write(BusBindings? bindings, IEnumerable<string> children)
    {
        var text = new StringBuilder(Head).Append(Builtin);
        string? open = null;
        for (int i = 0; i < (bindings?.Count ?? 0); i++)
        {
            BusInterface declaration = bindings![i].Interface;
            if (open != declaration.Name)
            {
                if (open is not null) { text.Append(" </interface>\n"); }
                text.Append(" <interface name=\"").Append(declaration.Name).Append("\">\n");
                open = declaration.Name;
            }
            WriteMembers(text, declaration);
        }
        if (open is not null) { text.Append(" </interface>\n"); }
        foreach (string child in children) { text.Append(" <node name=\"").Append(child).Append("\"/>\n"); }
        return text.Append("</node>\n").ToString();
    }

    internal static bool IsBuiltin(ReadOnlySpan<byte> interfaceName)
        => interfaceName.SequenceEqual("org.freedesktop.DBus.Properties"u8)
           || interfaceName.SequenceEqual("org.freedesktop.DBus.Peer"u8)
           || interfaceName.SequenceEqual("org.freedesktop.DBus.Introspectable"u8);

    private static void WriteMembers(StringBuilder text, BusInterface declaration)
    {
        if (declaration.Order == MemberOrder.MethodsPropertiesSignals) { WriteMethods(text, declaration); }
        WriteProperties(text, declaration);
        if (declaration.Order == MemberOrder.PropertiesSignalsMethods) { WriteSignals(text, declaration); }
        if (declaration.Order != MemberOrder.MethodsPropertiesSignals) { WriteMethods(text, declaration); }
        if (declaration.Order != MemberOrder.PropertiesSignalsMethods) { WriteSignals(text, declaration); }
    }

    private static void WriteMethods(StringBuilder text, BusInterface declaration)
    {
        for (int i = 0; i < declaration.MethodCount; i++)
        {
            MethodFacts method = declaration.MethodAt(i);
            if (method.Member.Is(MemberFlags.Hidden)) { continue; }
            text.Append("  <method name=\"").Append(method.Member.Name).Append("\">\n");
            string[] names = method.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int used = WriteArguments(text, method.Input, names, 0, " direction=\"in\"");
            WriteArguments(text, method.Output, names, used, " direction=\"out\"");
            if (method.Member.Is(MemberFlags.Deprecated)) { Annotate(text, "org.freedesktop.DBus.Deprecated", "true"); }
            if (method.Member.Is(MemberFlags.NoReply)) { Annotate(text, "org.freedesktop.DBus.Method.NoReply", "true"); }
            if (method.Member.Is(MemberFlags.Privileged)) { Annotate(text, "org.freedesktop.systemd1.Privileged", "true"); }
            text.Append("  </method>\n");
        }
    }

    private static void WriteProperties(StringBuilder text, BusInterface declaration)
    {
        for (int i = 0; i < declaration.PropertyCount; i++)
        {
            PropertyFacts property = declaration.PropertyAt(i);
            if (property.Member.Is(MemberFlags.Hidden)) { continue; }
            text.Append("  <property name=\"").Append(property.Member.Name).Append("\" type=\"").Append(Encoding.ASCII.GetString(property.Type))
                .Append("\" access=\"").Append(property.IsWritable ? "readwrite" : "read").Append("\">\n");
            if (property.Member.Is(MemberFlags.Deprecated)) { Annotate(text, "org.freedesktop.DBus.Deprecated", "true"); }
            if (property.Member.Is(MemberFlags.Explicit)) { Annotate(text, "org.freedesktop.systemd1.Explicit", "true"); }
            string? emits = property.Emits switch
            {
                Emits.Const => "const",
                Emits.Invalidates => "invalidates",
                Emits.Nothing => "false",
                _ => null,
            };
            if (emits is not null) { Annotate(text, "org.freedesktop.DBus.Property.EmitsChangedSignal", emits); }
            if (property.Member.Is(MemberFlags.Privileged)) { Annotate(text, "org.freedesktop.systemd1.Privileged", "true"); }
            text.Append("  </property>\n");
        }
    }

    private static void WriteSignals(StringBuilder text, BusInterface declaration)
    {
        foreach (BusSignal signal in declaration.Signals)
        {
            if (signal.Is(MemberFlags.Hidden)) { continue; }
            text.Append("  <signal name=\"").Append(signal.Name).Append("\">\n");
            WriteArguments(text, Encoding.ASCII.GetBytes(signal.Type), signal.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), 0, "");
            if (signal.Is(MemberFlags.Deprecated)) { Annotate(text, "org.freedesktop.DBus.Deprecated", "true"); }
            text.Append("  </signal>\n");
        }
    }

    private static int WriteArguments(StringBuilder text, ReadOnlySpan<byte> signature, string[] names, int used, string direction)
    {
        while (!signature.IsEmpty)
        {
            int n = Signature.FirstLength(signature);
            if (n <= 0) { throw new InvalidOperationException("a declared signature is invalid"); }
            text.Append("   <arg type=\"").Append(Encoding.ASCII.GetString(signature[..n])).Append('"');
            if (used < names.Length) { text.Append(" name=\"").Append(names[used]).Append('"'); }
            text.Append(direction).Append("/>\n");
            used++;
            signature = signature[n..];
        }
        return used;
    }

    private static void Annotate(StringBuilder text, string name, string value)
        => text.Append("   <annotation name=\"").Append(name).Append("\" value=\"").Append(value).Append("\"/>\n");
}
