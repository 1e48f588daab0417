using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using Orleans.Runtime;

namespace OrleansEmbedded.Serialization;

/// <summary>Codecs of immutable types without parts.</summary>
internal static class PlainCodecs
{
    private static readonly FrozenDictionary<Type, Codec> Known = new Dictionary<Type, Codec>
    {
        [typeof(bool)] = Plain<bool>((w, v) => w.WriteByte(v ? (byte)1 : (byte)0), (ref r) => r.ReadByte() != 0),
        [typeof(byte)] = Plain<byte>((w, v) => w.WriteByte(v), (ref r) => r.ReadByte()),
        [typeof(sbyte)] = Plain<sbyte>((w, v) => w.WriteByte(unchecked((byte)v)), (ref r) => unchecked((sbyte)r.ReadByte())),
        [typeof(short)] = Plain<short>((w, v) => w.WriteSigned(v), (ref r) => checked((short)r.ReadSigned())),
        [typeof(ushort)] = Plain<ushort>((w, v) => w.WriteUnsigned(v), (ref r) => checked((ushort)r.ReadUnsigned())),
        [typeof(int)] = Plain<int>((w, v) => w.WriteSigned(v), (ref r) => checked((int)r.ReadSigned())),
        [typeof(uint)] = Plain<uint>((w, v) => w.WriteUnsigned(v), (ref r) => checked((uint)r.ReadUnsigned())),
        [typeof(long)] = Plain<long>((w, v) => w.WriteSigned(v), (ref r) => r.ReadSigned()),
        [typeof(ulong)] = Plain<ulong>((w, v) => w.WriteUnsigned(v), (ref r) => r.ReadUnsigned()),
        [typeof(char)] = Plain<char>((w, v) => w.WriteUnsigned(v), (ref r) => checked((char)r.ReadUnsigned())),
        [typeof(float)] = Plain<float>((w, v) => Fixed(w, BitConverter.GetBytes(v)), (ref r) => BitConverter.ToSingle(r.Take(4))),
        [typeof(double)] = Plain<double>((w, v) => Fixed(w, BitConverter.GetBytes(v)), (ref r) => BitConverter.ToDouble(r.Take(8))),
        [typeof(decimal)] = Plain<decimal>(WriteDecimal, ReadDecimal),
        [typeof(string)] = Plain<string>((w, v) => w.WriteText(v), (ref r) => r.ReadText()),
        [typeof(Guid)] = Plain<Guid>((w, v) => Fixed(w, v.ToByteArray()), (ref r) => new Guid(r.Take(16))),
        [typeof(DateTime)] = Plain<DateTime>((w, v) => w.WriteSigned(v.ToBinary()), (ref r) => DateTime.FromBinary(r.ReadSigned())),
        [typeof(DateTimeOffset)] = Plain<DateTimeOffset>(
            (w, v) =>
            {
                w.WriteSigned(v.Ticks);
                w.WriteSigned(v.Offset.Ticks);
            },
            (ref r) => new DateTimeOffset(r.ReadSigned(), new TimeSpan(r.ReadSigned()))),
        [typeof(TimeSpan)] = Plain<TimeSpan>((w, v) => w.WriteSigned(v.Ticks), (ref r) => new TimeSpan(r.ReadSigned())),
        [typeof(DateOnly)] = Plain<DateOnly>((w, v) => w.WriteSigned(v.DayNumber), (ref r) => DateOnly.FromDayNumber(checked((int)r.ReadSigned()))),
        [typeof(TimeOnly)] = Plain<TimeOnly>((w, v) => w.WriteSigned(v.Ticks), (ref r) => new TimeOnly(r.ReadSigned())),
        [typeof(Uri)] = Plain<Uri>((w, v) => w.WriteText(v.OriginalString), (ref r) => new Uri(r.ReadText(), UriKind.RelativeOrAbsolute)),
        [typeof(Version)] = Plain<Version>((w, v) => w.WriteText(v.ToString()), (ref r) => Version.Parse(r.ReadText())),
        [typeof(BigInteger)] = Plain<BigInteger>((w, v) => Sized(w, v.ToByteArray()), (ref r) => new BigInteger(r.Take(r.ReadCount()))),
        [typeof(IPAddress)] = Plain<IPAddress>((w, v) => Sized(w, v.GetAddressBytes()), (ref r) => new IPAddress(r.Take(r.ReadCount()))),
        [typeof(IPEndPoint)] = Plain<IPEndPoint>((w, v) => w.WriteText(v.ToString()), (ref r) => IPEndPoint.Parse(r.ReadText())),
        [typeof(CultureInfo)] = Plain<CultureInfo>((w, v) => w.WriteText(v.Name), (ref r) => CultureInfo.GetCultureInfo(r.ReadText())),
        [typeof(JsonElement)] = Plain<JsonElement>((w, v) => w.WriteText(v.GetRawText()), (ref r) => JsonElement.Parse(r.ReadText())),
        [typeof(CancellationToken)] = Plain<CancellationToken>((_, _) => { }, (ref _) => default),
        [typeof(GrainId)] = Plain<GrainId>((w, v) => w.WriteText(v.ToString()), (ref r) => GrainId.Parse(r.ReadText())),
        [typeof(GrainType)] = Plain<GrainType>((w, v) => w.WriteText(v.ToString()), (ref r) => GrainType.Create(r.ReadText())),
        [typeof(IdSpan)] = Plain<IdSpan>((w, v) => w.WriteText(v.ToString()), (ref r) => IdSpan.Create(r.ReadText())),
        [typeof(GrainInterfaceType)] = Plain<GrainInterfaceType>((w, v) => w.WriteText(v.ToString()), (ref r) => GrainInterfaceType.Create(r.ReadText())),
        [typeof(SiloAddress)] = Plain<SiloAddress>((w, v) => w.WriteText(v.ToParsableString()), (ref r) => SiloAddress.Parse(r.ReadText())),
        [typeof(GuidId)] = Plain<GuidId>((w, v) => Fixed(w, v.Guid.ToByteArray()), (ref r) => GuidId.GetGuidId(new Guid(r.Take(16)))),
        [typeof(object)] = new ObjectCodec(),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Type> ByName = Known.Keys.ToFrozenDictionary(type => type.FullName!, StringComparer.Ordinal);

    public static Codec? Create(Type type) => Known.GetValueOrDefault(type);

    public static bool IsKnown(Type type) => type != typeof(object) && Known.ContainsKey(type);

    public static Type? Find(string name) => ByName.GetValueOrDefault(name);

    private static PlainCodec<T> Plain<T>(WriteValue<T> write, ReadValue<T> read) => new(write, read);

    private static void Fixed(ValueWriter writer, byte[] bytes) => writer.WriteBytes(bytes);

    private static void Sized(ValueWriter writer, byte[] bytes)
    {
        writer.WriteUnsigned((ulong)bytes.Length);
        writer.WriteBytes(bytes);
    }

    private static void WriteDecimal(ValueWriter writer, decimal value)
    {
        foreach (var part in decimal.GetBits(value))
        {
            writer.WriteBytes(BitConverter.GetBytes(part));
        }
    }

    private static decimal ReadDecimal(ref ValueReader reader)
        => new([BitConverter.ToInt32(reader.Take(4)), BitConverter.ToInt32(reader.Take(4)), BitConverter.ToInt32(reader.Take(4)), BitConverter.ToInt32(reader.Take(4))]);

    /// <summary>A bare object has an identity and nothing else.</summary>
    private sealed class ObjectCodec : Codec<object>
    {
        public override bool IsShared => false;

        public override object Copy(object value, CopyScope scope) => new();

        public override void Write(ValueWriter writer, object value)
        {
        }

        public override object Read(ref ValueReader reader) => new();
    }
}
