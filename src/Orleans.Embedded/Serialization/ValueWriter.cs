using System.Buffers.Binary;
using System.Text;
using Orleans.Serialization;

namespace OrleansEmbedded.Serialization;

/// <summary>Writes values into a growing buffer. Fields carry their length, so that readers can skip those they do not know.</summary>
internal sealed class ValueWriter
{
    private const byte FormatVersion = 1;
    private const int InitialSize = 256;

    [ThreadStatic]
    private static ValueWriter? free;

    private readonly Dictionary<object, int> _references = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[InitialSize];
    private int _at;
    private int _depth;

    public static byte[] ToArray<T>(T value)
    {
        var writer = free ?? new ValueWriter();
        free = null;
        try
        {
            writer.WriteByte(FormatVersion);
            Slots.For<T>().Write(writer, value);
            return writer._buffer.AsSpan(0, writer._at).ToArray();
        }
        finally
        {
            writer.Clear();
            free = writer;
        }
    }

    public static void CheckVersion(byte version)
    {
        if (version != FormatVersion)
        {
            throw new SerializerException($"The data has format {version}; this engine reads format {FormatVersion}.");
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
        if (_references.TryGetValue(value, out var index))
        {
            WriteByte(1);
            WriteUnsigned((ulong)index);
            return true;
        }

        _references.Add(value, _references.Count);
        return false;
    }

    public void WriteTypeName(string name)
    {
        if (_names.TryGetValue(name, out var index))
        {
            WriteUnsigned((ulong)index + 1);
            return;
        }

        _names.Add(name, _names.Count);
        WriteUnsigned(0);
        WriteText(name);
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

    private void Grow(int need) => Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _at + need));

    private void Clear()
    {
        _references.Clear();
        _names.Clear();
        _at = 0;
        _depth = 0;
        if (_buffer.Length > 1 << 20)
        {
            _buffer = new byte[InitialSize];
        }
    }
}
