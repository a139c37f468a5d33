"""The closed vocabularies of Brink's records, as enums whose values are the words written in JSON."""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """PLOVER's 16 event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Quad(StrEnum):
    """PLOVER's four classes of events."""

    VERBAL_COOPERATION = "verbal_cooperation"
    MATERIAL_COOPERATION = "material_cooperation"
    VERBAL_CONFLICT = "verbal_conflict"
    MATERIAL_CONFLICT = "material_conflict"


class Mode(StrEnum):
    """Every mode of PLOVER; which type has which says `codebook.modes_of`. Two types may share a mode's name."""

    VISIT = "visit"
    THIRD_PARTY = "third-party"
    MULTILATERAL = "multilateral"
    PHONE = "phone"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    DISARM = "disarm"
    CEASEFIRE = "ceasefire"
    ACCESS = "access"
    RESIGN = "resign"
    ASSIST = "assist"
    CHANGE = "change"
    YIELD = "yield"
    MEET = "meet"
    DISAPPROVE = "disapprove"
    INVESTIGATE = "investigate"
    ALLEGE = "allege"
    RESTRICT = "restrict"
    ARREST = "arrest"
    RELATIONS = "relations"
    EXPEL = "expel"
    TERRITORY = "territory"
    VIOLENCE = "violence"
    DEMO = "demo"
    RIOT = "riot"
    STRIKE = "strike"
    HUNGER = "hunger"
    BOYCOTT = "boycott"
    OBSTRUCT = "obstruct"
    VANDALIZE = "vandalize"
    CONVICT = "convict"
    DISCONTINUE = "discontinue"
    TROOPS = "troops"
    WEAPONS = "weapons"
    POLICE = "police"
    MILITIA = "militia"
    SEIZE = "seize"
    CENSOR = "censor"
    CURFEW = "curfew"
    MARTIAL_LAW = "martial-law"
    DEPORT = "deport"
    WITHHOLD = "withhold"
    MISINFORMATION = "misinformation"
    CYBER = "cyber"
    ABDUCT = "abduct"
    BEAT = "beat"
    TORTURE = "torture"
    SEXUAL = "sexual"
    TARGETED = "targeted"
    DESTROY = "destroy"
    PRIMITIVE = "primitive"
    FIREARMS = "firearms"
    EXPLOSIVES = "explosives"
    SUICIDE_ATTACK = "suicide-attack"
    AERIAL = "aerial"
    DRONE = "drone"
    HEAVY_WEAPONS = "heavy-weapons"
    CROWD_CONTROL = "crowd-control"
    UNCONVENTIONAL = "unconventional"


class Context(StrEnum):
    """What an event is about; several may hold."""

    MILITARY = "military"
    INTELLIGENCE = "intelligence"
    EXECUTIVE = "executive"
    LEGISLATIVE = "legislative"
    ELECTION = "election"
    POLITICAL_INSTITUTIONS = "political_institutions"
    PRO_DEMOCRACY = "pro_democracy"
    PRO_AUTOCRACY = "pro_autocracy"
    ECONOMIC = "economic"
    LEGAL = "legal"
    REPARATIONS = "reparations"
    HUMAN_RIGHTS = "human_rights"
    RIGHTS_FREEDOMS = "rights_freedoms"
    REPRESSION = "repression"
    HUMAN_SECURITY = "human_security"
    GENDER = "gender"
    LGBT = "lgbt"
    RELIGION_ETHNICITY = "religion_ethnicity"
    INEQUALITY = "inequality"
    DIPLOMATIC = "diplomatic"
    TERRITORY = "territory"
    PEACEKEEPING = "peacekeeping"
    HEALTH = "health"
    ASYLUM = "asylum"
    MIGRATION = "migration"
    DISASTERS = "disasters"
    NATURAL_RESOURCE = "natural_resource"
    ENVIRONMENT = "environment"
    TECHNOLOGY = "technology"
    TERRORISM = "terrorism"
    CBRN = "cbrn"
    CYBER = "cyber"
    MISINFORMATION = "misinformation"
    CRIME = "crime"
    CORRUPTION = "corruption"
    ILLEGAL_DRUGS = "illegal_drugs"
    TRAFFICKING = "trafficking"


class Auxiliary(StrEnum):
    """PLOVER's auxiliary modes."""

    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATION = "negation"


class Certainty(StrEnum):
    """How sure the teller of an event is."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Sector(StrEnum):
    """PLOVER's actor sectors, the closed list of this project's conventions."""

    GOV = "GOV"  # executive
    MIL = "MIL"  # armed forces
    LEG = "LEG"  # parliament
    JUD = "JUD"  # courts and prosecutors
    COP = "COP"  # police
    SPY = "SPY"  # intelligence
    REB = "REB"  # rebels with a territorial or political claim
    UAF = "UAF"  # other unaffiliated armed groups and terrorists
    OPP = "OPP"  # opposition
    PTY = "PTY"  # parties
    CVL = "CVL"  # civilians
    MED = "MED"  # media and journalists
    BUS = "BUS"  # business
    EDU = "EDU"  # education and research
    REL = "REL"  # religious
    CRM = "CRM"  # criminals
    LAB = "LAB"  # unions and workers
    REF = "REF"  # refugees
    IGO = "IGO"  # intergovernmental
    NGO = "NGO"  # non-governmental
    ELI = "ELI"  # former or unspecified elites


class CueClass(StrEnum):
    """What kind of saying a statement is."""

    SAY = "say"
    CLAIM = "claim"
    CONFIRM = "confirm"
    DENY = "deny"
    DOUBT = "doubt"
    WARN = "warn"
    THREATEN = "threaten"
    ACCUSE = "accuse"
    PROMISE = "promise"
    ASK = "ask"
    PREDICT = "predict"


class Quoted(StrEnum):
    """How a statement's content is given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class MentionKind(StrEnum):
    """What a mention names."""

    PER = "PER"  # person
    ORG = "ORG"  # organisation
    UNIT = "UNIT"  # armed force or part of one
    GPE = "GPE"  # country, state, city, and what stands for its government
    LOC = "LOC"  # sea, river, mountain, region without a government
    FAC = "FAC"  # airport, base, bridge, building, street
    NORP = "NORP"  # nationality, religion, ethnic or political group
    WPN = "WPN"  # weapon, vehicle, ship, aircraft
    EVT = "EVT"  # named event
    DOC = "DOC"  # treaty, law


class Attribute(StrEnum):
    """What of an event an admission of ignorance is about."""

    QUANTITY = "quantity"
    TIME = "time"
    PLACE = "place"
    ACTOR = "actor"
    RECIPIENT = "recipient"
    CAUSE = "cause"
    OCCURRENCE = "occurrence"
    OUTCOME = "outcome"


class Precision(StrEnum):
    """How exactly a place is known."""

    POINT = "point"
    CITY = "city"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    AREA = "area"


class FurnitureKind(StrEnum):
    """Words of a page that are no part of its report."""

    RELATED = "related"
    CAPTION = "caption"
    CREDIT = "credit"
    STAMP = "stamp"
    ADVERT = "advert"
