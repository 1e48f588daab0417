using System.Buffers.Binary;
using System.Text;
using Orleans.Serialization;

namespace OrleansEmbedded.Serialization;

/// <summary>
/// Writes values into a growing buffer. Members carry their length, so that readers can skip those they do not know; what comes after one does not depend on having read it:
/// objects are referred to by their place, and the names of types stand together at the end.
/// </summary>
internal sealed class ValueWriter
{
    /// <summary>Objects by number and names where they come first; still read.</summary>
    public const byte NumberedFormat = 1;

    /// <summary>Objects by place, names at the end.</summary>
    public const byte PlacedFormat = 2;

    private const int InitialSize = 256;

    [ThreadStatic]
    private static ValueWriter? free;

    private readonly Dictionary<object, int> _references = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<string> _namesInOrder = [];
    private byte[] _buffer = new byte[InitialSize];
    private int _at;
    private int _depth;

    public static byte[] ToArray<T>(T value)
    {
        var writer = free ?? new ValueWriter();
        free = null;
        try
        {
            writer.WriteByte(PlacedFormat);
            var body = writer.BeginPart();
            Slots.For<T>().Write(writer, value);
            writer.EndPart(body);
            writer.WriteNames();
            return writer._buffer.AsSpan(0, writer._at).ToArray();
        }
        finally
        {
            writer.Clear();
            free = writer;
        }
    }

    public void WriteByte(byte value)
    {
        if (_at == _buffer.Length)
        {
            Grow(1);
        }

        _buffer[_at++] = value;
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (_buffer.Length - _at < value.Length)
        {
            Grow(value.Length);
        }

        value.CopyTo(_buffer.AsSpan(_at));
        _at += value.Length;
    }

    public void WriteUnsigned(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    public void WriteSigned(long value) => WriteUnsigned((ulong)((value << 1) ^ (value >> 63)));

    public void WriteText(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteUnsigned((ulong)length);
        if (_buffer.Length - _at < length)
        {
            Grow(length);
        }

        _at += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_at));
    }

    /// <summary>Writes that an object was written before, or remembers it.</summary>
    public bool TryWriteReference(object value)
    {
        if (_references.TryGetValue(value, out var place))
        {
            WriteByte(1);
            WriteUnsigned((ulong)place);
            return true;
        }

        _references.Add(value, _at);
        return false;
    }

    public void WriteTypeName(string name)
    {
        if (!_names.TryGetValue(name, out var index))
        {
            index = _names.Count;
            _names.Add(name, index);
            _namesInOrder.Add(name);
        }

        WriteUnsigned((ulong)index);
    }

    /// <summary>Begins a part whose length is written before it; returns where.</summary>
    public int BeginPart()
    {
        WriteBytes([0, 0, 0, 0]);
        return _at;
    }

    public void EndPart(int begun) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(begun - 4), _at - begun);

    public void Enter()
    {
        if (++_depth > CopyScope.MaxDepth)
        {
            throw new SerializerException($"The value nests deeper than {CopyScope.MaxDepth} levels.");
        }
    }

    public void Leave() => _depth--;

    private void WriteNames()
    {
        WriteUnsigned((ulong)_namesInOrder.Count);
        foreach (var name in _namesInOrder)
        {
            WriteText(name);
        }
    }

    private void Grow(int need) => Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _at + need));

    private void Clear()
    {
        _references.Clear();
        _names.Clear();
        _namesInOrder.Clear();
        _at = 0;
        _depth = 0;
        if (_buffer.Length > 1 << 20)
        {
            _buffer = new byte[InitialSize];
        }
    }
}
