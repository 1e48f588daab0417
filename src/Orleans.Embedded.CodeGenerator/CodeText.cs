using System.Text;

namespace OrleansEmbedded.CodeGenerator;

/// <summary>Source text with indentation.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeText Line(string line)
    {
        _text.Append(' ', _depth * 4).Append(line).Append('\n');
        return this;
    }

    public CodeText Open(string line)
    {
        Line(line).Line("{");
        _depth++;
        return this;
    }

    public CodeText Close()
    {
        _depth--;
        return Line("}");
    }

    public override string ToString() => _text.ToString();
}
