namespace SysMaster.Systemctl;

/// <summary>Properties as "show" prints them: NAME=value, one a line, empty ones with --all only.</summary>
internal sealed class PropertyPrinter(Settings settings)
{
    public void Print(IEnumerable<(string Name, BusValue Value)> properties)
    {
        foreach ((string name, BusValue value) in properties)
        {
            if (settings.Properties is null || settings.Properties.Contains(name)) { Print(name, value); }
        }
    }

    private void Print(string name, BusValue value)
    {
        PropertyText text = StructTexts.Format(name, value, settings) ?? BasicTexts.Format(name, value, settings) ?? PropertyText.Unprintable;
        foreach (string line in text.Lines)
        {
            // Numbers and flags always say something; the rest only when it does, or everything was asked for.
            if (settings.ShowEmpty || text.Always || (line.Length > 0 && !text.IsEmpty)) { Line(name, line); }
        }
    }

    private void Line(string name, string value)
    {
        if (value == PropertyText.UnprintableWord && !settings.ShowEmpty) { return; }
        Stdio.Line(settings.OnlyValues ? value : $"{name}={value}");
    }
}
