namespace SysMaster.DBus.Wire;

/// <summary>org.freedesktop.DBus.Properties.</summary>
public sealed partial class ObjectTree
{
    private static readonly byte[] s_variant = [(byte)'v'];
    private static readonly byte[] s_dictionary = "a{sv}"u8.ToArray();

    private bool AnswerProperties(BusBindings bindings)
    {
        ReadOnlySpan<byte> member = _call.Message.Member;
        if (member.SequenceEqual("Get"u8)) { AnswerGet(bindings); }
        else if (member.SequenceEqual("GetAll"u8)) { AnswerGetAll(bindings); }
        else if (member.SequenceEqual("Set"u8)) { AnswerSet(bindings); }
        else { return false; }
        return true;
    }

    private void AnswerGet(BusBindings bindings)
    {
        if (!_call.Message.BodySignature.SequenceEqual("ss"u8))
        {
            _call.Error(BusErrors.InvalidArgs, "Expected interface and member parameters");
            return;
        }
        MessageReader reader = _call.Reader;
        ReadOnlySpan<byte> interfaceName = reader.ReadString();
        ReadOnlySpan<byte> name = reader.ReadString();
        (int binding, int property) = bindings.FindProperty(interfaceName, name);
        if (binding < 0) { RefuseProperty(interfaceName, name); return; }
        BusInterface declaration = bindings[binding].Interface;
        _call.WillAnswerWith(s_variant);
        MessageWriter writer = _call.BeginReply();
        writer.BeginVariant(declaration.PropertyAt(property).Type);
        declaration.WriteProperty(property, bindings[binding].Target, writer);
        _call.EndReply();
    }

    private void AnswerGetAll(BusBindings bindings)
    {
        if (!_call.Message.BodySignature.SequenceEqual("s"u8))
        {
            _call.Error(BusErrors.InvalidArgs, "Expected interface parameter");
            return;
        }
        ReadOnlySpan<byte> interfaceName = _call.Reader.ReadString();
        if (!interfaceName.IsEmpty && !bindings.HasInterface(interfaceName) && !Introspection.IsBuiltin(interfaceName))
        {
            _call.Error(BusErrors.UnknownInterface, $"Unknown interface '{Text(interfaceName)}'.");
            return;
        }
        _call.WillAnswerWith(s_dictionary);
        MessageWriter writer = _call.BeginReply();
        ArrayMark array = writer.BeginArray(8);
        for (int i = 0; i < bindings.Count; i++)
        {
            BusInterface declaration = bindings[i].Interface;
            if (!interfaceName.IsEmpty && !interfaceName.SequenceEqual(declaration.Utf8Name)) { continue; }
            for (int p = 0; p < declaration.PropertyCount; p++)
            {
                PropertyFacts property = declaration.PropertyAt(p);
                if (property.Member.Is(MemberFlags.Hidden | MemberFlags.Explicit)) { continue; }
                PropertiesChanged.WriteEntry(writer, bindings[i], p, property);
            }
        }
        writer.EndArray(array);
        _call.EndReply();
    }

    private void AnswerSet(BusBindings bindings)
    {
        ReadOnlySpan<byte> signature = _call.Message.BodySignature;
        if (!signature.StartsWith("ss"u8))
        {
            _call.Error(BusErrors.InvalidArgs, "Expected interface and member parameters");
            return;
        }
        MessageReader reader = _call.Reader;
        ReadOnlySpan<byte> interfaceName = reader.ReadString();
        ReadOnlySpan<byte> name = reader.ReadString();
        (int binding, int index) = bindings.FindProperty(interfaceName, name);
        if (binding < 0) { RefuseProperty(interfaceName, name); return; }
        BusInterface declaration = bindings[binding].Interface;
        PropertyFacts property = declaration.PropertyAt(index);
        if (!property.IsWritable)
        {
            _call.Error(BusErrors.PropertyReadOnly, $"Property '{property.Member.Name}' is not writable.");
            return;
        }
        if (!signature[2..].SequenceEqual("v"u8))
        {
            _call.Error(
                "org.freedesktop.DBus.Error.InvalidSignature",
                $"Incorrect signature when setting property '{property.Member.Name}', expected 'v', got '{Text(signature[2..])}'.");
            return;
        }
        ReadOnlySpan<byte> type = reader.BeginVariant();
        if (!type.SequenceEqual(property.Type))
        {
            _call.Error(
                BusErrors.InvalidArgs,
                $"Incorrect parameters for property '{property.Member.Name}', expected '{Text(property.Type)}', got '{Text(type)}'.");
            return;
        }
        if (!IsAllowed(property.Access, declaration, property.Member)) { return; }
        declaration.SetProperty(index, bindings[binding].Target, _call, ref reader);
        _call.Finish();
    }

    private void RefuseProperty(ReadOnlySpan<byte> interfaceName, ReadOnlySpan<byte> name)
        => _call.Error(BusErrors.UnknownProperty, $"Unknown interface {Text(interfaceName)} or property {Text(name)}.");
}
