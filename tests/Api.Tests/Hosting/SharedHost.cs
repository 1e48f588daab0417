namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>Test classes that only use the API as it is share one host; a host of its own costs a second.</summary>
[CollectionDefinition(Name)]
public sealed class SharedHost : ICollectionFixture<ApiHost>
{
    public const string Name = "shared API host";
}
