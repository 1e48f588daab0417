using System.Buffers.Binary;
using System.Text;
using Orleans.Serialization;

namespace OrleansEmbedded.Serialization;

/// <summary>Reads what <see cref="ValueWriter"/> wrote. Never trusts a length: damaged data is a <see cref="SerializerException"/>.</summary>
internal ref struct ValueReader
{
    private readonly bool _hasPlaces;
    private ReadOnlySpan<byte> _data;
    private List<(int Place, object? Value)>? _references;
    private List<string>? _names;
    private int _at;

    private ValueReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        var format = ReadByte();
        if (format is not (ValueWriter.NumberedFormat or ValueWriter.PlacedFormat))
        {
            throw new SerializerException($"The data has format {format}; this engine reads the formats {ValueWriter.NumberedFormat} and {ValueWriter.PlacedFormat}.");
        }

        _hasPlaces = format == ValueWriter.PlacedFormat;
        if (_hasPlaces)
        {
            ReadNames();
        }
    }

    /// <summary>Where the next byte is.</summary>
    public readonly int Place => _at;

    public int Remaining => _data.Length - _at;

    public static T Read<T>(ReadOnlySpan<byte> data)
    {
        var reader = new ValueReader(data);
        return Slots.For<T>().Read(ref reader);
    }

    public static SerializerException Corrupt(string what) => new($"The data is damaged: {what}.");

    public byte ReadByte() => Take(1)[0];

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > Remaining)
        {
            throw Corrupt($"{length} bytes are needed at {_at} and {Remaining} are left");
        }

        var part = _data.Slice(_at, length);
        _at += length;
        return part;
    }

    public ulong ReadUnsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = ReadByte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Corrupt("a number has too many bytes");
    }

    public long ReadSigned()
    {
        var value = ReadUnsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of items of which each takes at least one byte.</summary>
    public int ReadCount()
    {
        var count = ReadUnsigned();
        return count <= (ulong)Remaining ? (int)count : throw Corrupt($"{count} items in {Remaining} bytes");
    }

    public string ReadText() => Encoding.UTF8.GetString(Take(ReadCount()));

    public string ReadTypeName()
    {
        var index = ReadUnsigned();
        _names ??= [];
        if (_hasPlaces)
        {
            return index < (ulong)_names.Count ? _names[(int)index] : throw Corrupt("a type name was not written");
        }

        if (index > 0)
        {
            return index <= (ulong)_names.Count ? _names[(int)index - 1] : throw Corrupt("a type name was not written");
        }

        var name = ReadText();
        _names.Add(name);
        return name;
    }

    /// <summary>An object that begins at a place will be read now; returns its number.</summary>
    public int Reserve(int place)
    {
        (_references ??= []).Add((place, null));
        return _references.Count - 1;
    }

    public readonly void Resolve(int index, object value) => _references![index] = (_references[index].Place, value);

    /// <summary>Sets the object of the innermost place that is being read, so that parts of it can refer to it.</summary>
    public void ResolveLast(object value)
    {
        for (var index = (_references?.Count ?? 0) - 1; index >= 0; index--)
        {
            if (_references![index].Value is null)
            {
                Resolve(index, value);
                return;
            }
        }
    }

    public object ReadReference()
    {
        var index = ReadUnsigned();
        if (_hasPlaces)
        {
            index = (ulong)FindPlace(index);
        }

        return _references is not null && index < (ulong)_references.Count && _references[(int)index].Value is { } value
            ? value
            : throw Corrupt("a reference to an object that was not read");
    }

    /// <summary>The number of the object that begins there, or one that none has. Places grow as objects are read.</summary>
    private readonly int FindPlace(ulong place)
    {
        var (low, high) = (0, (_references?.Count ?? 0) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var there = (ulong)_references![middle].Place;
            if (there == place)
            {
                return middle;
            }

            (low, high) = there < place ? (middle + 1, high) : (low, middle - 1);
        }

        return int.MaxValue;
    }

    /// <summary>The names stand behind the body; afterwards only the body is left to read.</summary>
    private void ReadNames()
    {
        var end = ReadPartEnd();
        var body = _at;
        _at = end;
        var count = ReadCount();
        _names = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            _names.Add(ReadText());
        }

        _data = _data[..end];
        _at = body;
    }

    /// <summary>The end of a part whose length comes next.</summary>
    public int ReadPartEnd()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
        return length >= 0 && length <= Remaining ? _at + length : throw Corrupt($"a part of {length} bytes in {Remaining}");
    }

    public void SkipTo(int end) => _at = end;
}
