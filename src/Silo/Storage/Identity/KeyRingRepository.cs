using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Identity;

/// <summary>Keeps the Data Protection key ring in the database, so that tokens outlive the process and are valid on every silo.</summary>
/// <remarks>The framework's interface is synchronous and is called a few times in a key's life; both calls block their thread.</remarks>
internal sealed class KeyRingRepository(RelationalDatabase database) : IXmlRepository
{
    private const string Upsert = """
        INSERT INTO data_protection_keys (name, xml, created_at) VALUES (@Name, @Xml, @At)
        ON CONFLICT (name) DO UPDATE SET xml = excluded.xml
        """;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. database.ReadAsync(session => session.Connection.Query<string>("SELECT xml FROM data_protection_keys ORDER BY created_at, name").AsList(), CancellationToken.None)
            .GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        database.WriteAsync(session => session.Connection.Execute(Upsert, new
        {
            Name = friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
            At = database.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        }), CancellationToken.None).GetAwaiter().GetResult();
    }
}
